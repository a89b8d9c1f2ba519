-- MySQL dump 10.13  Distrib 8.0
/*!40101 SET NAMES utf8mb4 */;
DROP TABLE IF EXISTS `node_field_data`;
CREATE TABLE `node_field_data` (
  `nid` longtext,
  `vid` longtext,
  `type` longtext,
  `langcode` longtext,
  `status` longtext,
  `uid` longtext,
  `title` longtext,
  `created` longtext,
  `changed` longtext,
  `promote` longtext,
  `default_langcode` longtext
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `node_field_data` VALUES (7,7,'article','fr',1,1,'Le bac',1709544120,1709544120,1,1);
INSERT INTO `node_field_data` VALUES (7,7,'article','en',1,1,'The ferry',1709544120,1709544120,1,0);
INSERT INTO `node_field_data` VALUES (8,8,'article','fr',0,1,'Brouillon',1709544120,1709544120,1,1);
INSERT INTO `node_field_data` VALUES (9,9,'page','fr',1,1,'Réservé',1709544120,1709544120,1,1);
DROP TABLE IF EXISTS `node__body`;
CREATE TABLE `node__body` (
  `bundle` longtext,
  `deleted` longtext,
  `entity_id` longtext,
  `revision_id` longtext,
  `langcode` longtext,
  `delta` longtext,
  `body_value` longtext,
  `body_summary` longtext,
  `body_format` longtext
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `node__body` VALUES ('article',0,7,7,'fr',0,'<p>Il part à dix heures.</p>','Le bac d’hiver.','basic_html');
INSERT INTO `node__body` VALUES ('article',0,7,7,'en',0,'<p>It leaves at ten.</p>','','basic_html');
INSERT INTO `node__body` VALUES ('article',0,8,8,'fr',0,'<p>Texte retenu</p>','','basic_html');
INSERT INTO `node__body` VALUES ('page',0,9,9,'fr',0,'<p>Texte retenu</p>','','basic_html');
DROP TABLE IF EXISTS `users_field_data`;
CREATE TABLE `users_field_data` (
  `uid` longtext,
  `langcode` longtext,
  `name` longtext,
  `pass` longtext,
  `mail` longtext,
  `status` longtext
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `users_field_data` VALUES (1,'fr','mlegoff','x','m@phare.example',1);
INSERT INTO `users_field_data` VALUES (2,'fr','soizic','x','s@phare.example',1);
DROP TABLE IF EXISTS `node_access`;
CREATE TABLE `node_access` (
  `nid` longtext,
  `langcode` longtext,
  `fallback` longtext,
  `gid` longtext,
  `realm` longtext,
  `grant_view` longtext,
  `grant_update` longtext,
  `grant_delete` longtext
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `node_access` VALUES (7,'fr',1,0,'all',1,0,0);
INSERT INTO `node_access` VALUES (9,'fr',1,3,'content_access_rid',1,0,0);
DROP TABLE IF EXISTS `taxonomy_index`;
CREATE TABLE `taxonomy_index` (
  `nid` longtext,
  `tid` longtext,
  `status` longtext,
  `sticky` longtext,
  `created` longtext
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `taxonomy_index` VALUES (7,3,1,0,0);
INSERT INTO `taxonomy_index` VALUES (7,4,1,0,0);
DROP TABLE IF EXISTS `taxonomy_term_field_data`;
CREATE TABLE `taxonomy_term_field_data` (
  `tid` longtext,
  `vid` longtext,
  `langcode` longtext,
  `status` longtext,
  `name` longtext
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `taxonomy_term_field_data` VALUES (3,'tags','fr',1,'mer');
INSERT INTO `taxonomy_term_field_data` VALUES (4,'tags','fr',1,'lune');
DROP TABLE IF EXISTS `comment_field_data`;
CREATE TABLE `comment_field_data` (
  `cid` longtext,
  `comment_type` longtext,
  `langcode` longtext,
  `status` longtext,
  `uid` longtext,
  `pid` longtext,
  `entity_id` longtext,
  `subject` longtext,
  `name` longtext,
  `mail` longtext,
  `hostname` longtext,
  `created` longtext,
  `changed` longtext,
  `thread` longtext,
  `entity_type` longtext,
  `field_name` longtext,
  `default_langcode` longtext
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `comment_field_data` VALUES (1,'comment','fr',1,0,NULL,7,'Enfin','Yann','y@courrier.example','192.0.2.77',1709547720,1709547720,'01/','node','comment',1);
INSERT INTO `comment_field_data` VALUES (2,'comment','fr',1,2,1,7,'L’heure',NULL,NULL,'',1709547820,1709547820,'01.00/','node','comment',1);
INSERT INTO `comment_field_data` VALUES (3,'comment','fr',0,0,NULL,7,'X','Zoé',NULL,'',1709547720,1709547720,'02/','node','comment',1);
INSERT INTO `comment_field_data` VALUES (4,'comment','fr',1,0,NULL,9,'X','Zoé',NULL,'',1709547720,1709547720,'02/','node','comment',1);
DROP TABLE IF EXISTS `comment__comment_body`;
CREATE TABLE `comment__comment_body` (
  `bundle` longtext,
  `deleted` longtext,
  `entity_id` longtext,
  `revision_id` longtext,
  `langcode` longtext,
  `delta` longtext,
  `comment_body_value` longtext,
  `comment_body_format` longtext
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `comment__comment_body` VALUES ('comment',0,1,1,'fr',0,'<p>Belle nouvelle.</p>','basic');
INSERT INTO `comment__comment_body` VALUES ('comment',0,2,2,'fr',0,'<p>À quelle heure ?</p>','basic');
INSERT INTO `comment__comment_body` VALUES ('comment',0,3,3,'fr',0,'<p>Texte retenu</p>','basic');
INSERT INTO `comment__comment_body` VALUES ('comment',0,4,4,'fr',0,'<p>Texte retenu</p>','basic');
-- Dump completed on 2024-06-01
