"""The same crawl as a Scrapy spider: sign in, walk the pages, leave the originals to the pipeline."""

import os

import scrapy

AT_ONCE = int(os.environ["AT_ONCE"])


class AlbumSpider(scrapy.Spider):
    name = "album"
    start_urls = [os.environ["ALBUM_URL"]]
    custom_settings = {
        "ITEM_PIPELINES": {"scrapy.pipelines.files.FilesPipeline": 1},
        "FILES_STORE": os.environ["FILES_STORE"],
        "CONCURRENT_REQUESTS": AT_ONCE,
        "CONCURRENT_REQUESTS_PER_DOMAIN": AT_ONCE,
        "DOWNLOAD_DELAY": 0,
        "AUTOTHROTTLE_ENABLED": False,
        "ROBOTSTXT_OBEY": False,
        # A large original is no reason for a line in a log that is off.
        "DOWNLOAD_WARNSIZE": 0,
        "LOG_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "REQUEST_FINGERPRINTER_IMPLEMENTATION": "2.7",
    }

    def parse(self, response):
        yield scrapy.FormRequest.from_response(
            response,
            formdata={
                "username": os.environ["ALBUM_USERNAME"],
                "password": os.environ["ALBUM_PASSWORD"],
            },
            callback=self.parse_page,
        )

    def parse_page(self, response, page=1):
        thumbnails = response.css('img[src*="cloudfront"]')
        for thumbnail in thumbnails:
            original = thumbnail.attrib["src"].replace("~t~", "~a~")
            yield {"file_urls": [original], "page": page, "rotation": thumbnail.attrib.get("rot")}
        if thumbnails:
            yield response.follow(
                f"/Frame/AllPictures?p={page + 1}",
                self.parse_page,
                cb_kwargs={"page": page + 1},
            )
