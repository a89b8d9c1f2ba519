-- MySQL dump 10.13  Distrib 8.0
/*!40101 SET NAMES utf8mb4 */;
DROP TABLE IF EXISTS `pages`;
CREATE TABLE `pages` (
  `uid` longtext,
  `pid` longtext,
  `title` longtext,
  `deleted` longtext,
  `hidden` longtext,
  `fe_group` longtext,
  `doktype` longtext
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `pages` VALUES (5,1,'Actualités',0,0,'',254);
INSERT INTO `pages` VALUES (6,1,'Interne',0,0,'2',254);
DROP TABLE IF EXISTS `tt_content`;
CREATE TABLE `tt_content` (
  `uid` longtext,
  `pid` longtext,
  `header` longtext,
  `bodytext` longtext
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `tt_content` VALUES (1,5,'Accueil','Texte retenu');
DROP TABLE IF EXISTS `sys_category`;
CREATE TABLE `sys_category` (
  `uid` longtext,
  `title` longtext,
  `deleted` longtext
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `sys_category` VALUES (3,'Mer',0);
DROP TABLE IF EXISTS `sys_category_record_mm`;
CREATE TABLE `sys_category_record_mm` (
  `uid_local` longtext,
  `uid_foreign` longtext,
  `tablenames` longtext,
  `fieldname` longtext,
  `sorting` longtext
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `sys_category_record_mm` VALUES (3,7,'tx_news_domain_model_news','categories',1);
INSERT INTO `sys_category_record_mm` VALUES (3,7,'pages','categories',1);
DROP TABLE IF EXISTS `tx_news_domain_model_news`;
CREATE TABLE `tx_news_domain_model_news` (
  `uid` longtext,
  `pid` longtext,
  `tstamp` longtext,
  `crdate` longtext,
  `deleted` longtext,
  `hidden` longtext,
  `starttime` longtext,
  `endtime` longtext,
  `fe_group` longtext,
  `title` longtext,
  `teaser` longtext,
  `datetime` longtext,
  `bodytext` longtext,
  `author` longtext,
  `author_email` longtext,
  `keywords` longtext,
  `t3ver_wsid` longtext,
  `type` longtext
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `tx_news_domain_model_news` VALUES (7,5,1709544120,1709544120,0,0,0,0,'','Le bac','Il part.',1709544120,'<p>Il part à dix heures.</p>','Maëlle Le Goff','m@phare.example','lune',0,0);
INSERT INTO `tx_news_domain_model_news` VALUES (8,5,1709544120,1709544120,0,1,0,0,'','Caché','',1709544120,'<p>Texte retenu</p>','','','',0,0);
INSERT INTO `tx_news_domain_model_news` VALUES (9,6,1709544120,1709544120,0,0,0,0,'','Interne','',1709544120,'<p>Texte retenu</p>','','','',0,0);
INSERT INTO `tx_news_domain_model_news` VALUES (10,5,1709544120,1709544120,0,0,4070908800,0,'','Plus tard','',1709544120,'<p>Texte retenu</p>','','','',0,0);
-- Dump completed on 2024-06-01
