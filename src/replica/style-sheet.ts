/** The style of every page: a web site of 2012. */
export const styleSheet = `
body { margin: 0; background: #4a4f57 linear-gradient(#2b2e33, #6d747e) fixed; color: #333; font: 13px "Segoe UI", Tahoma, Verdana, sans-serif; }
a { color: #b3470b; }
#page { width: 1000px; margin: 18px auto; background: #fff; border: 1px solid #1d1f22; border-radius: 8px; box-shadow: 0 3px 14px rgba(0, 0, 0, .55); overflow: hidden; }
#header { height: 56px; padding: 8px 18px; background: linear-gradient(#ffd65a, #f5a800 55%, #ec9600); border-bottom: 3px solid #c4161c; }
#main { min-height: 420px; padding: 12px 22px 22px; }
#user { float: right; color: #999; }
h2 { margin: 4px 0 12px; color: #c4161c; font-weight: normal; font-size: 22px; }
.count { color: #999; font-size: 13px; }
.toolbar { padding: 6px 8px; background: linear-gradient(#fafafa, #e4e4e4); border: 1px solid #ccc; border-radius: 5px; }
.button { vertical-align: middle; cursor: pointer; }
.pager { float: right; line-height: 26px; }
.pager.bottom { padding-top: 8px; }
.pager a, .pager b { padding: 1px 5px; }
.pager b { color: #fff; background: #c4161c; border-radius: 3px; }
#pictures { clear: both; margin: 8px auto 0; min-height: 120px; }
#pictures td { width: 112px; height: 112px; background: #f3f3f1; border: 1px solid #d8d8d4; border-radius: 4px; }
#pictures img { max-width: 100px; max-height: 100px; border: 1px solid #fff; box-shadow: 0 1px 4px rgba(0, 0, 0, .5); cursor: pointer; }
#pictures img[rot="Rotate90"] { transform: rotate(90deg); }
#pictures img[rot="Rotate180"] { transform: rotate(180deg); }
#pictures img[rot="Rotate270"] { transform: rotate(270deg); }
.welcome { padding: 48px 80px; overflow: hidden; }
.welcome > img { float: left; }
.signin { float: right; width: 400px; padding: 16px 24px; background: linear-gradient(#fefefe, #efefec); border: 1px solid #ccc; border-radius: 6px; }
.signin label { display: block; color: #666; }
.signin input[type=text], .signin input[type=password] { width: 92%; padding: 5px; border: 1px solid #aaa; border-radius: 3px; font-size: 15px; }
.submit { padding: 6px 22px; color: #fff; background: linear-gradient(#e8443a, #b8130f); border: 1px solid #8d0e0b; border-radius: 4px; font-size: 14px; cursor: pointer; }
.validation-summary-errors { padding: 6px 10px; color: #b00; background: #fff0ef; border: 1px solid #e7a7a3; border-radius: 4px; }
.validation-summary-errors ul { margin: 4px 0 0; padding-left: 18px; }
#footer { padding: 8px 18px; color: #888; background: #efefef; border-top: 1px solid #ddd; font-size: 11px; }
#footer img { vertical-align: middle; }
`;
