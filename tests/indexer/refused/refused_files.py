"""How do files begin that are refused by their names? Each with a word of what is said of it."""

from __future__ import annotations

from typing import Any

SECRET = "Rambutan"
CSV = [
    (
        "Discourse",
        "topic_title,categories,is_pm,post_raw,post_cooked,like_count,reply_count,url,created_at",
    ),
    (
        "Discourse",
        "topic_title,category,sub_category,is_pm,post,like_count,reply_count,url,created_at",
    ),
    ("Discourse", "id,name,username,email,title,created_at,trust_level"),
    ("Reddit", "id,permalink,date,ip,subreddit,gildings,link,parent,body,media"),
    ("Reddit", "id,permalink,thread_id,date,ip,from,to,subject,body"),
    # since accounts' addresses are in a file of their own; drafts, and what is said in private
    ("Reddit", "id,permalink,date,created_ip,subreddit,gildings,link,parent,body,media"),
    ("Reddit", "id,title,body,kind,created,spoiler,nsfw,subreddit,is_public_link"),
    ("Reddit", "message_id,created_at,username,message,channel_url,subreddit,channel_name"),
    ("d’une personne à une autre", "Objet,Corps,De : (nom),De : (adresse),À : (nom),À : (adresse)"),
    ("d’une personne à une autre", "Subject,Body,From: (Name),From: (Address),To: (Name)"),
    ("Discord", "AuthorID,Author,Date,Content,Attachments,Reactions"),
    ("Discord", "ID,Timestamp,Contents,Attachments"),
    ("X (Twitter)", "tweet_id,in_reply_to_status_id,timestamp,source,text,expanded_urls"),
    ("LinkedIn", "From,To,Sent At,Message,Direction"),
    ("LinkedIn", "First Name,Last Name,Company,Job Title,Text,Creation Date,Status"),
    # of a telephone, as iMazing and others write them
    ("une personne à une autre", "Type,Date,From,To,Content"),
    ("une personne à une autre", "Chat Session,Message Date,Service,Type,Sender ID,Status,Text"),
    ("une personne à une autre", "Date;De;À;Objet;Texte"),
    ("YouTube", "ID du commentaire,ID de la chaîne,Prix,ID de la vidéo,Texte du commentaire"),
    ("YouTube", "ID du commentaire;ID de la chaîne;Prix;ID de la vidéo;Texte du commentaire"),
    ("YouTube", "Live Chat ID,Channel ID,Live Chat Create Timestamp,Video ID,Live Chat Text"),
    ("Substack", "post_id,post_date,is_published,email_sent_at,inbox_sent_at,type,audience,title"),
    ("Hypothesis", "Created at,Author,Page URL,Group,Annotation type,Quote,Comment,Tags"),
    ("Pocket", "title,url,time_added,tags,status"),
    ("Instapaper", "URL,Title,Selection,Folder,Timestamp,Tags"),
    ("Readwise", "Highlight,Book Title,Book Author,Note,Location Type,Location,Highlighted at"),
    ("YouTube", "Comment ID,Channel ID,Comment Create Timestamp,Video ID,Comment Text"),
    ("Raindrop", "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite"),
    ("Readwise Reader", "Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen"),
    ("LinkedIn", "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility"),
    ("LinkedIn", "Date,Link,Message"),
    ("LinkedIn", "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT"),
    ("Substack", "email,active_subscription,expiry,plan,email_disabled,created_at"),
    (
        "Commento",
        "commenthex,domain,path,commenterhex,markdown,html,parenthex,score,state,creationdate",
    ),
]
JSON: list[tuple[str, Any]] = [
    ("message, ou un fil", {"ancestors": [], "descendants": [{"content": SECRET}]}),
    (
        "Reddit",
        {"kind": "Listing", "data": {"children": [{"kind": "t3", "data": {"title": SECRET}}]}},
    ),
    ("Reddit", [{"kind": "Listing", "data": {"children": []}}]),
    ("Reddit", {"subreddit": "france", "link_id": "t3_a", "parent_id": "t3_a", "body": SECRET}),
    ("Reddit", {"subreddit": "france", "selftext": SECRET, "title": "A", "num_comments": 3}),
    (
        "Ghost",
        {"db": [{"meta": {"exported_on": 1, "version": "5.0"}, "data": {"posts": [SECRET]}}]},
    ),
    ("Ghost", {"posts": [{"uuid": "u", "html": SECRET, "comment_id": "1", "feature_image": None}]}),
    ("Mastodon", {"@context": "https://www.w3.org/ns/activitystreams", "orderedItems": [SECRET]}),
    (
        "message, ou un fil",
        {
            "ancestors": [],
            "descendants": [
                {
                    "spoiler_text": "",
                    "in_reply_to_account_id": "1",
                    "visibility": "public",
                    "content": SECRET,
                }
            ],
        },
    ),
    (
        "objet ActivityPub",
        {
            "@context": ["https://www.w3.org/ns/activitystreams"],
            "type": "Note",
            "content": SECRET,
            "published": "2024-03-04T09:22:00Z",
            "attributedTo": "https://m.example/u/zoe",
        },
    ),
    (
        "Flarum",
        {"data": {"type": "discussions", "attributes": {"title": SECRET}}, "included": []},
    ),
    ("Lemmy", {"post_view": {"post": {"name": SECRET}}, "community_view": {}, "moderators": []}),
    ("Lemmy", {"comments": [{"comment": {"content": SECRET}, "creator": {}, "counts": {}}]}),
    (
        "Mastodon",
        [
            {
                "id": "1",
                "spoiler_text": "",
                "in_reply_to_account_id": None,
                "visibility": "direct",
                "content": SECRET,
            }
        ],
    ),
    (
        "Facebook",
        {
            "participants": [],
            "messages": [{"sender_name": "A", "timestamp_ms": 1, "content": SECRET}],
        },
    ),
    ("Facebook", [{"timestamp": 1, "data": [{"post": SECRET}], "title": "A"}]),
    ("Instagram", [{"media_list_data": [], "string_map_data": {"Comment": {"value": SECRET}}}]),
    ("Telegram", {"name": "A", "type": "personal_chat", "id": 1, "messages": [{"text": SECRET}]}),
    ("Discord", {"guild": {}, "channel": {}, "messages": [{"content": SECRET}]}),
    ("direct", {"replayChatItemAction": {"actions": [SECRET]}, "videoOffsetTimeMsec": "0"}),
    ("Slack", [{"client_msg_id": "a", "type": "message", "text": SECRET, "ts": "1"}]),
]
JSON += [
    ("Facebook", {"group_comments_v2": [{"data": [{"comment": {"comment": SECRET}}]}]}),
    ("Facebook", [{"timestamp": 1, "data": [{"update_timestamp": 1}, {"post": SECRET}]}]),
    ("Instagram", {"ig_stories": [{"uri": "a.jpg", "creation_timestamp": 1, "title": SECRET}]}),
    ("X (Twitter)", [{"tweet": {"full_text": SECRET, "id_str": "1"}}]),
    ("X (Twitter)", [{"dmConversation": {"messages": [SECRET]}}]),
    ("Discord", [{"ID": 1, "Timestamp": "2024-03-04", "Contents": SECRET, "Attachments": ""}]),
    ("Google Chat", {"messages": [{"creator": {}, "created_date": "", "text": SECRET,
                                   "topic_id": "t"}]}),
    ("Skype", {"userId": "a", "exportDate": "", "conversations": [SECRET]}),
    ("Matrix", {"room_name": "A", "exported_by": "@a:b.example", "messages": [SECRET]}),
    ("Google+", {"creationTime": "2014", "content": SECRET, "postAcl": {}}),
    ("compte Google", [{"header": "YouTube", "title": SECRET, "titleUrl": "u", "products": []}]),
    ("lecteur de flux", {"total": 1, "entries": [{"feed_id": 2, "content": SECRET,
                                                  "published_at": "2024"}]}),
    ("lecteur de flux", {"items": [{"title": SECRET, "published": 1, "canonical": []}]}),
    ("lecteur de flux", [{"feed_id": 2, "content": SECRET, "published": "2024"}]),
    ("lecteur de flux", {"stories": [{"story_permalink": "u", "story_content": SECRET}]}),
    ("NodeBB", {"tid": 1, "posts": [{"pid": 1, "content": SECRET, "timestampISO": "2024"}]}),
    ("Vanilla", [{"discussionID": 1, "body": SECRET, "insertUserID": 2}]),
    ("Lobsters", {"short_id": "a", "comments": [{"comment": SECRET, "commenting_user": "zoe"}]}),
    ("Artalk", [{"id": "1", "rid": "0", "content": SECRET, "nick": "Zoé"}]),
    ("Waline", {"data": {"Comment": [{"objectId": "a", "comment": SECRET, "nick": "Zoé"}]}}),
    ("webmention", {"children": [{"wm-target": "u", "wm-property": "like-of", "name": SECRET}]}),
    ("webmention", {"links": [{"verified_date": "2024", "data": SECRET, "target": "u"}]}),
    ("Cusdis", [{"id": "a", "by_nickname": "A", "by_email": "b", "content": SECRET}]),
    ("GraphComment", [{"_id": "a", "thread": {"page_title": "A"}, "content": SECRET}]),
    ("GraphComment", {"comments": [{"_id": "a", "author": {"picture": "graphcomment.com/a"},
                                    "content": SECRET}]}),
    ("WP-CLI", [{"ID": 7, "post_title": SECRET, "post_date": "2024", "post_status": "publish"}]),
    ("WP-CLI", [{"comment_ID": "7", "comment_post_ID": "3", "comment_content": SECRET}]),
    ("Instagram", [{"media": [{"uri": "a.jpg", "creation_timestamp": 1, "title": SECRET}]}]),
    ("Telegram", {"about": "A", "personal_information": {}, "chats": {"list": [SECRET]}}),
    ("Pocket", [{"url": "x", "highlights": [{"quote": SECRET, "created_at": 1}]}]),
    ("Omnivore", [{"slug": "a", "title": SECRET, "readingProgress": 0, "savedAt": "2024-03-02"}]),
    ("CSL", [{"container-title": "A", "title": SECRET, "issued": {"date-parts": [[2024]]}}]),
    ("Bluesky", {"thread": {"$type": "app.bsky.feed.defs#threadViewPost", "post": SECRET}}),
    ("Tumblr", {"meta": {}, "response": {"blog": {}, "posts": [{"body": SECRET}]}}),
    ("YouTube", {"kind": "youtube#commentThreadListResponse", "items": [SECRET]}),
    ("JSON:API", {"jsonapi": {"version": "1.0"}, "data": [SECRET]}),
    ("TikTok", {"Activity": {}, "Direct Messages": {"Chat History": SECRET}}),
    ("Telegram", {"name": "A", "type": "public_channel", "messages": [{"text": SECRET}]}),
    ("Drupal (REST)", [{"nid": [{"value": 1}], "title": [{"value": SECRET}]}]),
    ("Coral", {"data": {"story": {"comments": {"edges": [{"node": {"body": SECRET}}]}}}}),
    ("Comentario", {"comments": [{"pageId": "p", "userCreated": "u", "markdown": SECRET}]}),
    ("Hyvor Talk", {"comments": [{"page_id": 1, "body_html": SECRET}]}),
    ("Ghost", {"comments": [{"html": SECRET, "member": {"name": "A"}, "replies": []}]}),
    ("Viafoura", {"contents": [{"content_uuid": "1", "content_container_uuid": "c",
                                "content": SECRET}]}),
    ("OpenWeb", {"conversation": {"conversation_id": "s", "comments": [{"written_at": 1,
                                  "content": [{"text": SECRET}]}]}}),
    ("Substack", {"comments": [{"body": SECRET, "ancestor_path": "", "name": "A"}]}),
    ("XenForo", {"posts": [{"post_id": 1, "thread_id": 1, "message": SECRET}], "pagination": {}}),
    ("GitHub", {"data": {"repository": {"discussion": {"bodyHTML": SECRET}}}}),
    ("GitHub", [{"issue_url": "u", "user": {"login": "a"}, "body": SECRET}]),
    ("Lemmy", {"comments": [{"comment": {"creator_id": 1, "content": SECRET}, "creator": {},
                             "counts": {}}]}),
    ("Hacker News", {"title": SECRET, "points": 4, "parent_id": None, "children": []}),
    ("Facebook", {"data": [{"message": SECRET, "created_time": "x", "from": {"name": "A"}}]}),
    ("X (Twitter)", {"data": [{"text": SECRET, "edit_history_tweet_ids": ["1"]}]}),
    ("youtube-comment-downloader", {"cid": "Ug", "text": SECRET, "time": "il y a 2 ans",
                                    "votes": "4"}),
    ("sujets de Discourse", {"users": [], "topic_list": {"topics": [{"title": SECRET}]}}),
    ("lecteur de flux", {"items": [{"title": SECRET, "published": 1, "alternate": []}]}),
    ("HAR", {"log": {"creator": {"name": "Firefox"}, "entries": [SECRET]}}),
    ("phpMyAdmin", [{"type": "header", "comment": "Export to JSON plugin for PHPMyAdmin"}, SECRET]),
]  # fmt: skip
WHATSAPP = [
    # Android in French, in English, in German; iOS
    "04/03/2024, 10:22 - Alice: Rambutan\n04/03/2024, 10:23 - Benoît: Oui\n"
    "04/03/2024, 10:24 - Alice: Non\n",
    "04/03/2024 à 10:22 - Alice: Rambutan\n04/03/2024 à 10:23 - Benoît: Oui\n"
    "04/03/2024 à 10:24 - Alice: Non",
    "3/4/24, 10:22\u202fAM - Alice: Rambutan\n3/4/24, 10:23\u202fAM - Bo: Yes\n"
    "3/4/24, 10:24\u202fAM - Alice: No\n",
    "04.03.24, 10:22 - Alice: Rambutan\n04.03.24, 10:23 - Bo: Ja\n04.03.24, 10:24 - Alice: Nein\n",
    "[04/03/2024 10:22:31] Alice: Rambutan\n\u200e[04/03/2024 10:23:05] Bo: \u200eimage absente\n"
    "[04/03/2024 10:23:09] Alice: Oui\n",
]
OTHERS = [
    ("marque-pages", b"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\nRambutan"),
    ("Pocket", b"<!DOCTYPE html>\n<html><head><title>Pocket Export</title></head>Rambutan"),
    (
        "Instapaper",
        b'<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n'
        b"<title>Instapaper: Export</title></head><body>Rambutan</body></html>",
    ),
    ("Tumblr", b'<?xml version="1.0"?><tumblr version="1.0"><posts>Rambutan</posts></tumblr>'),
    # a repository of AT Protocol: the header of a CAR, in CBOR
    ("Bluesky", b"\x3a\xa2eroots\x81\xd8*X%\x00\x01q\x12 Rambutan gversion\x01"),
    ("BibTeX", b"@article{renard_bac_2024,\n\ttitle = {Rambutan},\n}\n"),
    ("EndNote", b"%0 Newspaper Article\n%T Rambutan\n"),
    (
        "Zotero RDF",
        b'<rdf:RDF xmlns:rdf="r" xmlns:z="http://www.zotero.org/namespaces/export#">Rambutan'
        b"</rdf:RDF>",
    ),
    (
        "Nexis",
        b'<HTML><BODY><DOCFULL><DIV CLASS="c0"><P CLASS="c1"><SPAN CLASS="c2">1 of 2 DOCUMENTS'
        b"</SPAN></P></DIV>Rambutan</DOCFULL></BODY></HTML>",
    ),
    ("Nexis", b"<html><body><p><span>3 sur 12 DOCUMENTS</span></p>Rambutan</body></html>"),
    (
        "IntenseDebate",
        b'<?xml version="1.0"?><output><blogpost><comments><comment id="1"><text>Rambutan</text>'
        b"</comment></comments></blogpost></output>",
    ),
    (
        "Facebook",
        b'<html><head><base href="../../"/><title>A</title></head><body class="_5vb_">'
        b'<div class="_3-95 _a6-g">Rambutan</div></body></html>',
    ),
    (
        "Telegram",
        b'<!DOCTYPE html>\n<html>\n\n <head>\n\n  <meta charset="utf-8"/>\n'
        b"<title>Exported Data</title></head><body>Rambutan</body></html>",
    ),
    (
        "Discord",
        b'<!DOCTYPE html>\n<html lang="fr"><head><title>A</title></head>'
        b"<body><div class=chatlog__message>Rambutan</div></body></html>",
    ),
    (
        "Discord",
        b"=" * 62 + b"\nGuild: Direct Messages\nChannel: zoe\n" + b"=" * 62 + b"\nRambutan",
    ),
    ("Mattermost", b'{"type":"version","version":1}\n{"type":"team","team":{}}\n{"a":"Rambutan"}'),
    ("Valine", b'#filetype:JSON-streaming {"type":"Class"}\n{"comment": "Rambutan"}\n'),
    (
        "compte Google",
        b"<html><head><title>Mon activit\xc3\xa9</title></head><body>"
        b'<div class="outer-cell mdl-cell mdl-cell--12-col">Rambutan</div></body></html>',
    ),
    ("données (Arrow", b"ARROW1\0\0\xff\xffRambutan"),
    ("données (Arrow", b"\0\x01\0\0Standard ACE DB\0Rambutan"),
    ("données (Arrow", b"\x01" * 8 + b"DUCK\x40\0\0\0\0\0\0\0Rambutan"),
    ("bolt", b"\0" * 16 + b"\xed\xda\x0c\xed\x02\0\0\0Rambutan"),
    (
        "bureautique",
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        b"<Workbook>Rambutan</Workbook>",
    ),
    ("bureautique", b'<?xml version="1.0"?>\n<office:document>Rambutan</office:document>'),
    (
        "Excel en HTML",
        b'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td>Rambutan</table>',
    ),
    ("agenda", b"BEGIN:VCALENDAR\r\nSUMMARY:Rambutan\r\nEND:VCALENDAR\r\n"),
    ("sous-titres", b"1\n00:00:01,000 --> 00:00:04,000\nRambutan\n"),
    ("sous-titres", b"WEBVTT\n\n00:00:01.000 --> 00:00:04.000\nRambutan\n"),
    (
        "Usenet",
        b"From -123456\nX-Google-Thread: 1,2\nFrom: Zo\xc3\xa9 <zoe@a.example>\n"
        b"Newsgroups: fr.test\nSubject: Rambutan\nDate: Sun, 3 Mar 2024 10:22:00 +0100\n\n",
    ),
    ("All-in-One", b"package.json\0\0\0Rambutan"),
    ("PostgreSQL", b"PGDMP\x01\x0e\x00\x04\x08\x01Rambutan"),
    *(("WhatsApp", message.encode()) for message in WHATSAPP),
    ("plan de site", b'<urlset xmlns="x"><url><loc>Rambutan</loc></url></urlset>'),
    ("OPML", b'<?xml version="1.0"?><!-- a --><opml version="2.0">Rambutan</opml>'),
    ("J2XML", b'<?xml version="1.0"?><j2xml version="19.2.0">Rambutan</j2xml>'),
    ("SQL", b"-- MySQL dump 10.13\nINSERT INTO `fruits` VALUES (1,'Rambutan');\n"),
    ("SQL", b"INSERT INTO spip_articles VALUES (1,'Rambutan');\n"),
    ("7z ou RAR", b"7z\xbc\xaf\x27\x1c\x00\x04Rambutan"),
    ("7z ou RAR", b"Rar!\x1a\x07\x01\x00Rambutan"),
    ("ZIM", b"ZIM\x04\x05\x00\x01\x00Rambutan"),
    ("Safari", b"bplist00\xd1\x01\x02Rambutan"),
    ("bureautique", rb"{\rtf1\ansi Rambutan}"),
    ("bureautique", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1Rambutan"),
    (
        "courriels",
        b"From: A <a@a.example>\nTo: b@b.example\nSubject: Une\n lettre\nDate: Sat, 2 Mar 2024"
        b" 08:00:00 +0100\n\nRambutan",
    ),
    ("RIS", b"TY  - NEWS\nTI  - Rambutan\nER  - \n"),
    ("Factiva", b"HD     Rambutan\nBY     A. A.\nWC     312 mots\n"),
    ("Nexis", b"                 1 of 2 DOCUMENTS\n\n\n    Rambutan\n"),
    ("PDF", b"%PDF-1.7\nRambutan"),
    # as Factiva's and Nexis's sites show and save an article, in French
    (
        "Factiva",
        "Rambutan\n\nA. A.\n412 mots\n2 mars 2024\n05:30\nLe Quai\nLQ\nFrançais\n\nLe bac.\n\n"
        "Document LQ00000020240302ek320001x\n".encode(),
    ),
    (
        "Nexis",
        b"Rambutan\nLe Quai\n2 mars 2024\n\nSection: MER\nLength: 412 words\n\nBody\n\nLe bac.\n\n"
        b"End of Document\n",
    ),
    ("Europresse", "Le Quai\nMer, 2 mars 2024\n\nRambutan\n\nnews·20240302·LQ·041\n".encode()),
    ("SQL", b"SET NAMES utf8mb4;\nINSERT INTO `wp_posts` VALUES (1,'Rambutan');\n"),
    ("SQL", b"--\n-- PostgreSQL database dump\n--\nRambutan"),
    ("SQL", b"# phpMyAdmin SQL Dump\nCREATE TABLE `a` (Rambutan)"),
    (
        "DocBook",
        b'<?xml version="1.0"?><article xmlns="http://docbook.org/ns/docbook"><title>Rambutan'
        b"</title><para>Le bac.</para></article>",
    ),
    ("JATS", b'<?xml version="1.0"?><article article-type="research-article">Rambutan</article>'),
    (
        "trafilatura",
        b'<doc sitename="x.example" fingerprint="6303a64e"><main>Rambutan</main></doc>',
    ),
    ("TEI", b'<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0">Rambutan</TEI>'),
    ("MediaWiki", b'<mediawiki xml:lang="fr"><page><title>Rambutan</title></page></mediawiki>'),
    ("Evernote", b'<?xml version="1.0"?><en-export><note>Rambutan</note></en-export>'),
    (
        "Stack Exchange",
        b'<?xml version="1.0"?>\n<posts>\n  <row Id="1" Title="Rambutan" /></posts>',
    ),
    ("PluXml", b'<?xml version="1.0"?>\n<document><title>Rambutan</title><allow_com>1</allow_com>'),
    ("PluXml", b'<?xml version="1.0"?>\n<comment><author>A</author><type>normal</type>Rambutan'),
    ("OAI-PMH", b'<?xml version="1.0"?><OAI-PMH xmlns="o">Rambutan</OAI-PMH>'),
    ("phpMyAdmin", b'<?xml version="1.0"?><pma_xml_export>Rambutan</pma_xml_export>'),
    ("Safari", b'<?xml version="1.0"?><plist><dict><key>WebMainResource</key>Rambutan</dict>'),
    ("programme inconnu (<carnet>)", b'<?xml version="1.0"?><carnet><mot>Rambutan</mot></carnet>'),
    ("AsciiDoc", b"= Rambutan\nA. A. <a@a.example>\n\nLe bac."),
    ("Org", b"#+TITLE: Rambutan\n#+DATE: 2024-03-02\n\nLe bac."),
    ("reStructuredText", b"Rambutan\n========\n\n:date: 2024-03-02\n\nLe bac."),
    ("LaTeX", b"% notes\n\\documentclass{article}\nRambutan"),
    ("courriels", b"DKIM-Signature: v=1; a=b;\n d=e\nFrom: a@a.example\nSubject: Rambutan\n\nA"),
    ("X (Twitter)", b"window.YTD.tweets.part0 = [ {Rambutan} ]"),
    ("courriels", b"From a@a.example Mon Dec  2 09:08:00 2024\nFrom: a@a.example\n\nRambutan"),
    ("courriels", b"Return-Path: <a@a.example>\nReceived: from b\n\nRambutan"),
    ("Medium", b'<article class="h-entry"><section data-field="body">Rambutan</section></article>'),
]
