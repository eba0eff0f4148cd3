"""The forums whose pages are known: phpBB 2 and 3, vBulletin 3, 4 and 5, XenForo 1 and 2, and SMF 2."""

import re

from gehoor.channels.forum.platform import Platform

_CASE = re.IGNORECASE
_PHPBB_TOPIC = re.compile(r"viewtopic\.php\?(?:[^#]*[&;])?t=(\d+)", _CASE)
_VB_TOPIC = re.compile(r"(?:showthread\.php\?(?:[^#]*[&;])?t=|showthread\.php\?|threads?/|/)(\d+)(?:-|&|$|#|/)", _CASE)

PROSILVER = Platform(
    name="phpbb",
    hint='class="post',
    sign=re.compile(r"<div id=\"?p\d+\"? class=\"post\b"),
    posts="//div[.post][starts-with(@id, 'p')][.//div[.postbody]]",
    marks="@id",
    number=re.compile(r"\Ap(\d+)\Z"),
    topic=_PHPBB_TOPIC,
    title="//h2[.topic-title] | //h2[a[contains(@href, 'viewtopic')]]",
    author=".//p[.author]//*[.username or .username-coloured] | .//p[.author]//strong"
    " | .//dl[.postprofile]//*[.username or .username-coloured]",
    moment=".//p[.author]//time/@datetime | .//p[.author]",
    body=".//div[.postbody]//div[.content]",
    quote=".//blockquote",
    quoter=".//cite",
    signature=".//div[.signature]",
    guest=".//span[.username]",
    furniture=".//*[.codebox]/p | .//dl[.attachbox] | .//blockquote//cite",
    answers=".//cite//a/@href | .//cite/@data-post-id",
)

SUBSILVER = Platform(
    name="phpbb2",
    hint="postdetails",
    sign=re.compile(r"class=\"?postdetails\b"),
    posts="//tr[td//span[.name]][td//span[.postdetails]][td//*[.postbody]]",
    marks=".//a/@name | .//a/@href",
    number=re.compile(r"(?:\A|viewtopic\.php\?p=|#)(\d+)\Z"),
    topic=_PHPBB_TOPIC,
    title="//a[.maintitle]",
    author=".//span[.name]//b | .//span[.name]",
    moment=".//td[not(.//span[.name])]//span[.postdetails]",
    body=".//*[.postbody]/ancestor::td[1]",
    quote=".//table[.//td[.quote]]",
    quoter=".//span[.genmed]",
    place="",
    furniture=".//span[.gensmall]",
)

VBULLETIN_3 = Platform(
    name="vbulletin3",
    hint="post_message_",
    sign=re.compile(r"<table[^>]{0,200}\bid=\"post\d+\""),
    posts="//table[starts-with(@id, 'post')][.//*[starts-with(@id, 'post_message_')]]",
    marks="@id",
    number=re.compile(r"\Apost(\d+)\Z"),
    topic=_VB_TOPIC,
    title="//td[.navbar]//strong | //h1",
    author=".//a[.bigusername] | .//*[starts-with(@id, 'postmenu_')]",
    moment=".//td[.thead][1] | .//td[.thead]",
    body=".//*[starts-with(@id, 'post_message_')]",
    quote=".//div[div[.smallfont]][table[.//td[.alt2]]]",
    quoter=".//td//div[.//strong][1]//strong",
    signature=".//div[starts-with(normalize-space(.), '_______')][not(.//*[starts-with(@id, 'post_message_')])]",
    guest=".//*[starts-with(@id, 'postmenu_')][not(.//a)]",
    place=".//td[.thead]//*[starts-with(@id, 'postcount')]",
    answers=".//td//a/@href",
)

VBULLETIN_4 = Platform(
    name="vbulletin4",
    hint="post_message_",
    sign=re.compile(r"<li[^>]{0,200}\bid=\"post_\d+\""),
    posts="//li[starts-with(@id, 'post_')][.//*[starts-with(@id, 'post_message_')]]",
    marks="@id",
    number=re.compile(r"\Apost_(\d+)\Z"),
    topic=_VB_TOPIC,
    title="//*[.threadtitle] | //h1",
    author=".//*[.username_container]//*[.username] | .//*[.username]",
    moment=".//*[.postdate]",
    body=".//*[starts-with(@id, 'post_message_')]//*[.postcontent] | .//*[starts-with(@id, 'post_message_')]",
    quote=".//*[.bbcode_container][.//*[.bbcode_quote]] | .//*[.bbcode_quote]",
    quoter=".//*[.bbcode_postedby]//strong | .//*[.bbcode_postedby]",
    signature=".//*[.signaturecontainer] | .//blockquote[.signature]",
    guest=".//span[.username][.guest]",
    place=".//*[.postcounter]",
    answers=".//*[.bbcode_postedby]//a/@href",
)

VBULLETIN_5 = Platform(
    name="vbulletin5",
    hint="data-node-id=",
    sign=re.compile(r"<(?:li|div)\b(?=[^>]{0,400}\bdata-node-id=)[^>]{0,400}\bb-post\b"),
    posts="//li[.b-post][@data-node-id] | //div[.b-post][@data-node-id]",
    marks="@data-node-id",
    number=re.compile(r"\A(\d+)\Z"),
    topic=_VB_TOPIC,
    title="//h1[.main-title] | //h1",
    author=".//*[.author]//*[@itemprop='name'] | .//*[.author]//a | .//*[.author]",
    moment=".//time/@datetime | .//*[.b-post__timestamp]",
    body=".//*[.js-post__content-text]",
    quote=".//*[.bbcode_container][.//*[.bbcode_quote]] | .//*[.bbcode_quote]",
    quoter=".//*[.bbcode_postedby]//strong | .//*[.bbcode_postedby]",
    signature=".//*[.b-post__signature] | .//*[.signature]",
    place=".//*[.b-post__count]",
    answers=".//*[.bbcode_postedby]//a/@href",
)

XENFORO_2 = Platform(
    name="xenforo",
    hint="<article",
    sign=re.compile(r"<article[^>]{0,400}(?:\bmessage--post\b|\bdata-content=\"post-\d+)"),
    posts="//article[.message][starts-with(@data-content, 'post-')]",
    marks="@data-content",
    number=re.compile(r"post-(\d+)"),
    topic=re.compile(r"/threads/(?:[^/]*\.)?(\d+)", _CASE),
    title="//h1[.p-title-value] | //h1",
    author="@data-author | .//*[.username]",
    moment=".//header//time/@datetime | .//time/@datetime | .//time",
    body=".//*[.message-body]//*[.bbWrapper] | .//*[.bbWrapper][not(ancestor::*[.message-signature])]",
    quote=".//blockquote[.bbCodeBlock--quote] | .//div[.bbCodeBlock--quote]",
    quoter="@data-quote | .//*[.bbCodeBlock-title]",
    signature=".//*[.message-signature]",
    guest=".//span[.username][not(@data-user-id) or @data-user-id='0'][not(ancestor::*[.message-body])]",
    place=".//*[.message-attribution-opposite]",
    furniture=".//*[.bbCodeBlock-expandLink] | .//*[.bbCodeBlock-title]",
    answers="@data-source",
)

XENFORO_1 = Platform(
    name="xenforo1",
    hint='<li id="post-',
    sign=re.compile(r"<li id=\"post-\d+\"[^>]{0,200}\bmessage\b"),
    posts="//li[.message][starts-with(@id, 'post-')]",
    marks="@id",
    number=re.compile(r"post-(\d+)"),
    topic=re.compile(r"threads/(?:[^/]*\.)?(\d+)", _CASE),
    title="//*[.titleBar]//h1 | //h1",
    author="@data-author | .//*[.username]",
    moment=".//*[.messageMeta]//*[.DateTime]/@data-time | .//*[.DateTime]/@title | .//*[.DateTime]",
    body=".//*[.messageText]",
    quote=".//*[.bbCodeQuote]",
    quoter="@data-author | .//*[.attribution]",
    signature=".//*[.signature]",
    place=".//*[.postNumber]",
    answers=".//*[.attribution]//a/@href",
)

SMF = Platform(
    name="smf",
    hint="post_wrapper",
    sign=re.compile(r"<div[^>]{0,100}\bclass=\"post_wrapper\""),
    posts="//div[.post_wrapper]",
    marks=".//div[starts-with(@id, 'msg_')]/@id | .//*[starts-with(@id, 'subject_')]/@id",
    number=re.compile(r"_(\d+)\Z"),
    topic=re.compile(r"topic[=,](\d+)", _CASE),
    title="//*[@id='top_subject'] | //h1",
    author=".//*[.poster]//h4//a | .//*[.poster]//h4",
    moment=".//*[.keyinfo]//*[.smalltext] | .//*[.postinfo]//*[.smalltext] | .//*[.keyinfo]",
    body=".//*[.post]//*[.inner] | .//div[starts-with(@id, 'msg_')][.inner]",
    quote=".//blockquote | .//*[.quoteheader] | .//*[.quotefooter]",
    quoter=".//cite | self::*[.quoteheader]",
    signature=".//*[.signature]",
    guest=".//*[.poster]//h4[not(.//a)]",
    place="",
    furniture=".//*[.codeheader]",
    answers=".//a/@href | self::*[.quoteheader]//a/@href",
)

PLATFORMS = (
    PROSILVER, VBULLETIN_4, VBULLETIN_3, VBULLETIN_5, XENFORO_2, XENFORO_1, SMF, SUBSILVER,
)  # fmt: skip
