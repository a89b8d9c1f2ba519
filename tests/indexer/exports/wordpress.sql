-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)
/*!40101 SET NAMES utf8mb4 */;
DROP TABLE IF EXISTS `wp_comments`;
CREATE TABLE `wp_comments` (
  `comment_ID` bigint unsigned NOT NULL AUTO_INCREMENT,
  `comment_post_ID` bigint unsigned NOT NULL DEFAULT '0',
  `comment_author` tinytext NOT NULL,
  `comment_author_email` varchar(100) NOT NULL DEFAULT '',
  `comment_author_IP` varchar(100) NOT NULL DEFAULT '',
  `comment_date` datetime NOT NULL DEFAULT '0000-00-00 00:00:00',
  `comment_date_gmt` datetime NOT NULL DEFAULT '0000-00-00 00:00:00',
  `comment_content` text NOT NULL,
  `comment_approved` varchar(20) NOT NULL DEFAULT '1',
  `comment_type` varchar(20) NOT NULL DEFAULT 'comment',
  `comment_parent` bigint unsigned NOT NULL DEFAULT '0',
  PRIMARY KEY (`comment_ID`),
  KEY `comment_post_ID` (`comment_post_ID`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='a ; b, c';
LOCK TABLES `wp_comments` WRITE;
/*!40000 ALTER TABLE `wp_comments` DISABLE KEYS */;
INSERT INTO `wp_comments` VALUES (1,7,'Alice','a@courrier.example','192.0.2.1','2024-03-05 09:00:00','2024-03-05 08:00:00','L\'horaire ?','1','comment',0),(2,7,'Benoît','','','2024-03-05 10:00:00','2024-03-05 09:00:00','Voir ; le \"quai\".\n\nÀ 8 h.','1','',1),(3,7,'Zoé','','','2024-03-05 10:00:00','2024-03-05 09:00:00','En attente','0','comment',0),(4,7,'Zoé','','','2024-03-05 10:00:00','2024-03-05 09:00:00','Entre nous','1','note',0),(5,8,'Zoé','','','2024-03-05 10:00:00','2024-03-05 09:00:00','Sous le brouillon','1','comment',0),(6,99,'Zoé','','','2024-03-05 10:00:00','2024-03-05 09:00:00','Sous rien','1','comment',0);
/*!40000 ALTER TABLE `wp_comments` ENABLE KEYS */;
UNLOCK TABLES;
CREATE TABLE `wp_options` (`option_id` bigint, `option_name` varchar(191), `option_value` longtext, `autoload` varchar(20), PRIMARY KEY (`option_id`));
INSERT INTO `wp_options` VALUES (1,'siteurl','https://marais.example/wp','on'),(2,'home','https://marais.example','on'),(3,'blogname','Le Courrier des Marais','on'),(4,'permalink_structure','/%year%/%category%/%postname%/','on'),(5,'WPLANG','fr_FR','on');
CREATE TABLE `wp_postmeta` (`meta_id` bigint, `post_id` bigint, `meta_key` varchar(255), `meta_value` longtext);
INSERT INTO `wp_postmeta` VALUES (1,7,'footnotes','[{\"content\":\"Une note.\",\"id\":\"a\"}]'),(2,7,'_edit_last','1');
CREATE TABLE `wp_posts` (
  `ID` bigint unsigned NOT NULL AUTO_INCREMENT,
  `post_author` bigint unsigned NOT NULL DEFAULT '0',
  `post_date` datetime NOT NULL,
  `post_date_gmt` datetime NOT NULL,
  `post_content` longtext NOT NULL,
  `post_title` text NOT NULL,
  `post_excerpt` text NOT NULL,
  `post_status` varchar(20) NOT NULL,
  `post_password` varchar(255) NOT NULL,
  `post_name` varchar(200) NOT NULL,
  `post_modified` datetime NOT NULL,
  `post_modified_gmt` datetime NOT NULL,
  `post_content_filtered` longtext NOT NULL,
  `post_parent` bigint unsigned NOT NULL DEFAULT '0',
  `guid` varchar(255) NOT NULL,
  `post_type` varchar(20) NOT NULL,
  `post_mime_type` varchar(100) NOT NULL,
  PRIMARY KEY (`ID`)
);
INSERT INTO `wp_posts` VALUES (7,1,'2024-03-04 10:22:00','2024-03-04 09:22:00','<!-- wp:paragraph --><p>L\'embarcadère rouvre.</p><!-- /wp:paragraph -->','Le bac','','publish','','le-bac','2024-03-04 10:22:00','2024-03-04 09:22:00','',0,'https://marais.example/?p=7','post',''),(8,1,'2024-03-04 10:22:00','0000-00-00 00:00:00','Pas encore.','Brouillon','','draft','','','2024-03-04 10:22:00','2024-03-04 09:22:00','',0,'https://marais.example/?p=8','post',''),(9,1,'2024-03-04 10:22:00','2024-03-04 09:22:00','Réservé.','Clos','','publish','secret','clos','2024-03-04 10:22:00','2024-03-04 09:22:00','',0,'https://marais.example/?p=9','post',''),(10,1,'2024-03-04 10:22:00','2024-03-04 09:22:00','Ancien texte.','Le bac','','inherit','','7-revision-v1','2024-03-04 10:22:00','2024-03-04 09:22:00','',7,'https://marais.example/?p=10','revision',''),(11,1,'2024-03-04 10:22:00','2024-03-04 09:22:00','Nous écrire.','Contact','','publish','','contact','2024-03-04 10:22:00','2024-03-04 09:22:00','',12,'https://marais.example/?page_id=11','page',''),(12,1,'2024-03-04 10:22:00','2024-03-04 09:22:00','Nous.','À propos','','publish','','a-propos','2024-03-04 10:22:00','2024-03-04 09:22:00','',0,'https://marais.example/?page_id=12','page','');
CREATE TABLE `wp_term_relationships` (`object_id` bigint, `term_taxonomy_id` bigint, `term_order` int);
INSERT INTO `wp_term_relationships` VALUES (7,2,0),(7,3,0);
CREATE TABLE `wp_term_taxonomy` (`term_taxonomy_id` bigint, `term_id` bigint, `taxonomy` varchar(32), `description` longtext, `parent` bigint, `count` bigint);
INSERT INTO `wp_term_taxonomy` VALUES (1,1,'category','',0,0),(2,2,'category','',1,1),(3,3,'post_tag','',0,1);
CREATE TABLE `wp_terms` (`term_id` bigint, `name` varchar(200), `slug` varchar(200), `term_group` bigint);
INSERT INTO `wp_terms` VALUES (1,'Rivière','riviere',0),(2,'Bacs','bacs',0),(3,'embarcadère','embarcadere',0);
CREATE TABLE `wp_users` (`ID` bigint, `user_login` varchar(60), `user_pass` varchar(255), `user_nicename` varchar(50), `user_email` varchar(100), `display_name` varchar(250));
INSERT INTO `wp_users` VALUES (1,'arenard','$P$secret','alice-renard','a@courrier.example','Alice Renard');
-- Dump completed on 2024-03-06 10:00:00
