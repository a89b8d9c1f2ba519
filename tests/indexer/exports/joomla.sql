-- MySQL dump 10.13  Distrib 8.0
/*!40101 SET NAMES utf8mb4 */;
DROP TABLE IF EXISTS `jos_users`;
CREATE TABLE `jos_users` (
  `id` longtext,
  `name` longtext,
  `username` longtext,
  `email` longtext,
  `password` longtext
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `jos_users` VALUES (42,'Maëlle Le Goff','mlegoff','m@phare.example','x');
DROP TABLE IF EXISTS `jos_categories`;
CREATE TABLE `jos_categories` (
  `id` longtext,
  `parent_id` longtext,
  `lft` longtext,
  `rgt` longtext,
  `title` longtext,
  `alias` longtext,
  `published` longtext,
  `access` longtext,
  `extension` longtext
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `jos_categories` VALUES (1,0,0,9,'ROOT','root',1,1,'system');
INSERT INTO `jos_categories` VALUES (2,1,1,2,'Mer','mer',1,1,'com_content');
INSERT INTO `jos_categories` VALUES (3,1,3,6,'Bureau','bureau',1,2,'com_content');
INSERT INTO `jos_categories` VALUES (4,3,4,5,'Comptes','comptes',1,1,'com_content');
DROP TABLE IF EXISTS `jos_content`;
CREATE TABLE `jos_content` (
  `id` longtext,
  `asset_id` longtext,
  `title` longtext,
  `alias` longtext,
  `introtext` longtext,
  `fulltext` longtext,
  `state` longtext,
  `catid` longtext,
  `created` longtext,
  `created_by` longtext,
  `created_by_alias` longtext,
  `modified` longtext,
  `publish_up` longtext,
  `publish_down` longtext,
  `access` longtext,
  `language` longtext
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `jos_content` VALUES (7,50,'Le bac','le-bac','<p>Il part à dix heures.</p>','<h2>Le soir</h2><p>Il reste à quai.</p>',1,2,'2024-03-04 09:22:00',42,'','2024-03-05 09:22:00','2024-03-04 09:22:00',NULL,1,'*');
INSERT INTO `jos_content` VALUES (8,51,'La rampe','la-rampe','<p>Elle est fermée.</p>','',1,2,'2024-03-06 09:22:00',42,'Zoé','0000-00-00 00:00:00','2024-03-06 09:22:00','0000-00-00 00:00:00',1,'fr-FR');
INSERT INTO `jos_content` VALUES (9,52,'Brouillon','b','<p>Texte retenu</p>','',0,2,'2024-03-06 09:22:00',42,'',NULL,'2024-03-06 09:22:00',NULL,1,'*');
INSERT INTO `jos_content` VALUES (10,53,'Corbeille','c','<p>Texte retenu</p>','',-2,2,'2024-03-06 09:22:00',42,'',NULL,'2024-03-06 09:22:00',NULL,1,'*');
INSERT INTO `jos_content` VALUES (11,54,'Membres','m','<p>Texte retenu</p>','',1,2,'2024-03-06 09:22:00',42,'',NULL,'2024-03-06 09:22:00',NULL,2,'*');
INSERT INTO `jos_content` VALUES (12,55,'Comptes','cc','<p>Texte retenu</p>','',1,4,'2024-03-06 09:22:00',42,'',NULL,'2024-03-06 09:22:00',NULL,1,'*');
INSERT INTO `jos_content` VALUES (13,56,'Plus tard','pt','<p>Texte retenu</p>','',1,2,'2024-03-06 09:22:00',42,'',NULL,'2099-03-06 09:22:00',NULL,1,'*');
INSERT INTO `jos_content` VALUES (14,57,'Passé','p','<p>Texte retenu</p>','',1,2,'2024-03-06 09:22:00',42,'',NULL,'2024-03-06 09:22:00','2024-04-06 09:22:00',1,'*');
DROP TABLE IF EXISTS `jos_jcomments`;
CREATE TABLE `jos_jcomments` (
  `id` longtext,
  `parent` longtext,
  `thread_id` longtext,
  `path` longtext,
  `level` longtext,
  `object_id` longtext,
  `object_group` longtext,
  `lang` longtext,
  `userid` longtext,
  `name` longtext,
  `username` longtext,
  `email` longtext,
  `title` longtext,
  `comment` longtext,
  `ip` longtext,
  `date` longtext,
  `isgood` longtext,
  `ispoor` longtext,
  `published` longtext,
  `deleted` longtext
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `jos_jcomments` VALUES (1,0,0,'0',0,7,'com_content','fr-FR',0,'Yann','yann','y@courrier.example','','Enfin.','192.0.2.77','2024-03-04 10:22:00',3,1,1,0);
INSERT INTO `jos_jcomments` VALUES (2,1,1,'0,1',1,7,'com_content','fr-FR',0,'','soizic','','','À quelle heure ?','','2024-03-04 11:05:00',0,0,1,0);
INSERT INTO `jos_jcomments` VALUES (3,0,0,'0',0,7,'com_content','fr-FR',0,'Zoé','z','','','Texte retenu','','2024-03-04 11:06:00',0,0,0,0);
INSERT INTO `jos_jcomments` VALUES (4,0,0,'0',0,12,'com_content','fr-FR',0,'Zoé','z','','','Texte retenu','','2024-03-04 11:06:00',0,0,1,0);
INSERT INTO `jos_jcomments` VALUES (5,0,0,'0',0,7,'com_k2','fr-FR',0,'Zoé','z','','','Texte retenu','','2024-03-04 11:06:00',0,0,1,0);
-- Dump completed on 2024-06-01
