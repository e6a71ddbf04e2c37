BEGIN TRANSACTION;
CREATE TABLE act_classes (
	class_no INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	role TEXT, 
	attributes TEXT, 
	PRIMARY KEY (class_no)
);
INSERT INTO "act_classes" VALUES(0,'安全检查','带队',NULL);
INSERT INTO "act_classes" VALUES(1,'安委会会议','主持',NULL);
CREATE TABLE activities (
	row_id INTEGER NOT NULL, 
	activity TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	day VARCHAR(10) NOT NULL, 
	holder TEXT NOT NULL, 
	first_day VARCHAR(10), 
	time TEXT, 
	person TEXT, 
	role TEXT, 
	subjects TEXT, 
	quantity TEXT, 
	out_of TEXT, 
	unit_of_quantity TEXT, 
	on_behalf_of TEXT, 
	for_period TEXT, 
	event TEXT, 
	makes_up TEXT, 
	attributes TEXT, 
	evidence TEXT, 
	note TEXT, 
	supersedes TEXT, 
	day_no INTEGER NOT NULL, 
	holder_no INTEGER NOT NULL, 
	class_no INTEGER NOT NULL, 
	flags INTEGER NOT NULL, 
	recorded_at VARCHAR(26) NOT NULL, 
	recorded_by TEXT, 
	voided_at VARCHAR(26), 
	voided_by TEXT, 
	void_reason TEXT, 
	entry INTEGER NOT NULL, 
	voided_in INTEGER, 
	PRIMARY KEY (row_id), 
	FOREIGN KEY(entry) REFERENCES journal (entry), 
	FOREIGN KEY(voided_in) REFERENCES journal (entry)
);
INSERT INTO "activities" VALUES(1,'甲1','安全检查','2022-07-12','园区主任',NULL,NULL,NULL,'带队','甲厂',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'照片1',NULL,NULL,738348,0,0,34,'2022-07-13 00:00:00.000000',NULL,NULL,NULL,NULL,2,NULL);
INSERT INTO "activities" VALUES(2,'甲2','安全检查','2022-08-12','园区主任',NULL,NULL,NULL,'带队','甲厂',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'照片1',NULL,NULL,738379,0,0,1056,'2022-08-13 09:30:00.000000',NULL,NULL,NULL,NULL,2,NULL);
INSERT INTO "activities" VALUES(3,'甲2','安全检查','2022-08-13','园区主任',NULL,NULL,NULL,'带队','甲厂',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'照片2',NULL,NULL,738380,0,0,32,'2022-09-01 00:00:00.000000',NULL,NULL,NULL,NULL,2,NULL);
INSERT INTO "activities" VALUES(4,'甲3','安委会会议','2022-09-30','园区主任',NULL,NULL,NULL,'主持',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'纪要1',NULL,NULL,738428,0,1,1,'2022-10-01 00:00:00.000000',NULL,'2022-11-01 00:00:00.000000','示例文员','重复登记',2,2);
INSERT INTO "activities" VALUES(5,'甲4','安全检查','2022-07-14','园区主任',NULL,NULL,NULL,'带队',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'甲1',738350,0,0,384,'2026-11-27 01:43:30.000000',NULL,NULL,NULL,NULL,2,NULL);
INSERT INTO "activities" VALUES(6,'乙1','安全检查','2023-03-02','园区主任',NULL,'09:00','示甲','带队','甲厂;电梯1',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'照片1;照片2',NULL,NULL,738581,0,0,544,'2023-03-03 00:00:00.000000',NULL,NULL,NULL,NULL,3,NULL);
INSERT INTO "activities" VALUES(7,'乙2','安全检查','2023-03-02','园区主任',NULL,'09:00','示甲','带队','甲厂',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'照片3',NULL,NULL,738581,0,0,544,'2023-03-03 00:00:00.000000',NULL,NULL,NULL,NULL,3,NULL);
INSERT INTO "activities" VALUES(8,'乙3','安全检查','2023-03-09','园区科长',NULL,NULL,'示丙','带队',NULL,NULL,NULL,NULL,'园区副主任',NULL,NULL,NULL,NULL,NULL,NULL,NULL,738588,1,0,400,'2023-03-30 00:00:00.000000',NULL,NULL,NULL,NULL,3,NULL);
INSERT INTO "activities" VALUES(9,'乙4','安全检查','2023-03-10','园区主任',NULL,NULL,NULL,'带队',NULL,'12.5',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'照片1;照片4',NULL,NULL,738589,0,0,64,'2023-03-10 00:00:00.000000',NULL,NULL,NULL,NULL,3,NULL);
INSERT INTO "activities" VALUES(10,'乙5','安全检查','2023-04-03','园区主任',NULL,NULL,'示甲','带队',NULL,NULL,NULL,NULL,NULL,'2023-03',NULL,NULL,NULL,'照片5',NULL,NULL,738613,0,0,1028,'2023-04-03 00:00:00.000000',NULL,NULL,NULL,NULL,3,NULL);
INSERT INTO "activities" VALUES(11,'乙6','安全检查','2023-04-20','园区副主任',NULL,NULL,'示乙','带队',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2023-02',NULL,'照片6',NULL,NULL,738630,2,0,10,'2023-04-20 00:00:00.000000',NULL,NULL,NULL,NULL,3,NULL);
INSERT INTO "activities" VALUES(12,'乙7','安全检查','2023-05-19','园区主任',NULL,NULL,'示甲','带队',NULL,NULL,NULL,NULL,NULL,NULL,'赛1',NULL,NULL,'照片7',NULL,NULL,738659,0,0,6,'2023-05-20 00:00:00.000000',NULL,NULL,NULL,NULL,3,NULL);
INSERT INTO "activities" VALUES(13,'乙8','安全检查','2023-05-20','园区主任',NULL,NULL,'示甲','带队',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'照片8',NULL,'乙7',738660,0,0,0,'2023-05-21 00:00:00.000000',NULL,NULL,NULL,NULL,3,NULL);
INSERT INTO "activities" VALUES(14,'乙9','安全检查','2023-05-21','园区主任',NULL,NULL,'示甲','带队',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'照片9',NULL,NULL,738661,0,0,1,'2023-05-21 00:00:00.000000',NULL,'2023-05-22 00:00:00.000000','示例文员','重复登记',3,3);
INSERT INTO "activities" VALUES(15,'乙9a','安全检查','2023-05-22','园区主任',NULL,NULL,'示甲','带队',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'照片9',NULL,'乙4',738662,0,0,1,'2023-05-23 00:00:00.000000',NULL,'2023-05-24 00:00:00.000000','示例文员','误录',3,3);
INSERT INTO "activities" VALUES(16,'乙5','安全检查','2023-04-04','园区主任',NULL,NULL,'示甲','带队',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'照片5',NULL,NULL,738614,0,0,0,'2026-11-28 08:04:00.000000',NULL,NULL,NULL,NULL,4,NULL);
INSERT INTO "activities" VALUES(17,'A20230605-1','安全检查','2023-06-05','园区副主任',NULL,NULL,'示乙','带队',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'乙6',738676,2,0,384,'2026-11-28 08:05:00.000000',NULL,NULL,NULL,NULL,5,NULL);
CREATE TABLE adoptions (
	row_id INTEGER NOT NULL, 
	document TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	first VARCHAR(10), 
	last VARCHAR(10), 
	recorded_at VARCHAR(26) NOT NULL, 
	recorded_by TEXT, 
	voided_at VARCHAR(26), 
	voided_by TEXT, 
	void_reason TEXT, 
	entry INTEGER NOT NULL, 
	voided_in INTEGER, 
	PRIMARY KEY (row_id), 
	FOREIGN KEY(entry) REFERENCES journal (entry), 
	FOREIGN KEY(voided_in) REFERENCES journal (entry)
);
INSERT INTO "adoptions" VALUES(1,'park_2022','园区','2022-06-28',NULL,'2026-11-28 08:03:00.000000',NULL,NULL,NULL,NULL,3,NULL);
INSERT INTO "adoptions" VALUES(2,'demo','园区',NULL,NULL,'2026-11-28 08:03:00.000000',NULL,NULL,NULL,NULL,3,NULL);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('2');
CREATE TABLE appointments (
	row_id INTEGER NOT NULL, 
	person TEXT NOT NULL, 
	post TEXT NOT NULL, 
	first VARCHAR(10) NOT NULL, 
	last VARCHAR(10), 
	acting VARCHAR(3) NOT NULL, 
	document TEXT, 
	reason TEXT, 
	recorded_at VARCHAR(26) NOT NULL, 
	recorded_by TEXT, 
	voided_at VARCHAR(26), 
	voided_by TEXT, 
	void_reason TEXT, 
	entry INTEGER NOT NULL, 
	voided_in INTEGER, 
	PRIMARY KEY (row_id), 
	FOREIGN KEY(entry) REFERENCES journal (entry), 
	FOREIGN KEY(voided_in) REFERENCES journal (entry)
);
INSERT INTO "appointments" VALUES(1,'示甲','园区主任','2022-01-01',NULL,'no',NULL,NULL,'2026-11-27 01:43:29.000000',NULL,NULL,NULL,NULL,2,NULL);
INSERT INTO "appointments" VALUES(2,'示乙','园区副主任','2022-01-01','2022-12-31','no',NULL,NULL,'2026-11-27 01:43:29.000000',NULL,NULL,NULL,NULL,2,NULL);
INSERT INTO "appointments" VALUES(3,'示丙','园区科长','2023-01-01',NULL,'no',NULL,NULL,'2026-11-28 08:03:00.000000',NULL,NULL,NULL,NULL,3,NULL);
INSERT INTO "appointments" VALUES(4,'示乙','园区副主任','2022-01-01','2023-12-31','no',NULL,NULL,'2026-11-28 08:03:00.000000',NULL,NULL,NULL,NULL,3,NULL);
CREATE TABLE attachments (
	row_id INTEGER NOT NULL, 
	attachment TEXT NOT NULL, 
	activity TEXT NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	size TEXT NOT NULL, 
	type TEXT, 
	recorded_at VARCHAR(26) NOT NULL, 
	recorded_by TEXT, 
	voided_at VARCHAR(26), 
	voided_by TEXT, 
	void_reason TEXT, 
	entry INTEGER NOT NULL, 
	voided_in INTEGER, 
	PRIMARY KEY (row_id), 
	FOREIGN KEY(entry) REFERENCES journal (entry), 
	FOREIGN KEY(voided_in) REFERENCES journal (entry)
);
INSERT INTO "attachments" VALUES(1,'乙4-d18f53a07ba4','乙4','d18f53a07ba482dd557de9ec9ce528d22928942e9a7f14299a7e5b5182e8b25d','照片.txt','13','text/plain','2026-11-28 08:07:00.000000','示例文员',NULL,NULL,NULL,7,NULL);
INSERT INTO "attachments" VALUES(2,'乙4-66e2ffa73e09','乙4','66e2ffa73e09c9c5ffe10d188b6aae7b51dee232685032521a5c4d280164a76a','误.txt','7','text/plain','2026-11-28 08:07:00.000000','示例文员','2026-11-28 08:08:00.000000','示例文员','误传',7,8);
CREATE TABLE audits (
	audit INTEGER NOT NULL, 
	kept_at TEXT NOT NULL, 
	asked TEXT NOT NULL, 
	hashes TEXT NOT NULL, 
	checksum TEXT NOT NULL, 
	unmet TEXT NOT NULL, 
	entry INTEGER NOT NULL, 
	PRIMARY KEY (audit), 
	FOREIGN KEY(entry) REFERENCES journal (entry)
);
INSERT INTO "audits" VALUES(1,'2026-11-28 08:09:00.000000','{"as_of": "2023-07-01", "document": null, "entry": 8, "known_on": null, "span": "2023-H1", "unit": null}','{"calendar": "d6d7da27409b8f2ffe1cb550e97eab1e6bb20dea8e0e1898abf31dd489de7e18", "rules": "cd126716ebc95e1298ccdeeb9f62277abc878d6c43d382b25ef7f4d4c465f479", "rulings": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}','894c466dd5fb742cf0a7151a847fe2504b7f7004ea9a20fb3cb224134d0f6b91','[{"clause": "第一条", "counted": [], "days_late": null, "days_overdue": 151, "document": "demo", "done": 0, "due": "2023-01-31", "duty": "demo.good.check", "event": null, "flags": ["closed", "no_data"], "id": "demo.good.check@园区主任/示甲@2023-01", "light": "red", "members": [], "missing": [], "period": {"first": "2023-01-01", "label": "2023-01", "last": "2023-01-31"}, "person": "示甲", "post": "园区主任", "reason": null, "required": 1, "shortfall": 1, "state": "overdue", "title": "带队检查", "unit": "园区"}, {"clause": "第一条", "counted": [], "days_late": null, "days_overdue": 123, "document": "demo", "done": 0, "due": "2023-02-28", "duty": "demo.good.check", "event": null, "flags": ["closed", "no_data"], "id": "demo.good.check@园区主任/示甲@2023-02", "light": "red", "members": [], "missing": [], "period": {"first": "2023-02-01", "label": "2023-02", "last": "2023-02-28"}, "person": "示甲", "post": "园区主任", "reason": null, "required": 1, "shortfall": 1, "state": "overdue", "title": "带队检查", "unit": "园区"}, {"clause": "第一条", "counted": [], "days_late": null, "days_overdue": 1, "document": "demo", "done": 0, "due": "2023-06-30", "duty": "demo.good.check", "event": null, "flags": [], "id": "demo.good.check@园区主任/示甲@2023-06", "light": "red", "members": [], "missing": [], "period": {"first": "2023-06-01", "label": "2023-06", "last": "2023-06-30"}, "person": "示甲", "post": "园区主任", "reason": null, "required": 1, "shortfall": 1, "state": "overdue", "title": "带队检查", "unit": "园区"}, {"clause": "第一条", "counted": [], "days_late": null, "days_overdue": 151, "document": "demo", "done": 0, "due": "2023-01-31", "duty": "demo.good.check", "event": null, "flags": ["closed", "no_data"], "id": "demo.good.check@园区副主任/示乙@2023-01", "light": "red", "members": [], "missing": [], "period": {"first": "2023-01-01", "label": "2023-01", "last": "2023-01-31"}, "person": "示乙", "post": "园区副主任", "reason": null, "required": 1, "shortfall": 1, "state": "overdue", "title": "带队检查", "unit": "园区"}, {"clause": "第一条", "counted": [], "days_late": null, "days_overdue": 123, "document": "demo", "done": 0, "due": "2023-02-28", "duty": "demo.good.check", "event": null, "flags": ["closed", "no_data"], "id": "demo.good.check@园区副主任/示乙@2023-02", "light": "red", "members": [], "missing": [], "period": {"first": "2023-02-01", "label": "2023-02", "last": "2023-02-28"}, "person": "示乙", "post": "园区副主任", "reason": null, "required": 1, "shortfall": 1, "state": "overdue", "title": "带队检查", "unit": "园区"}, {"clause": "第一条", "counted": [], "days_late": null, "days_overdue": 92, "document": "demo", "done": 0, "due": "2023-03-31", "duty": "demo.good.check", "event": null, "flags": ["closed"], "id": "demo.good.check@园区副主任/示乙@2023-03", "light": "red", "members": [], "missing": [], "period": {"first": "2023-03-01", "label": "2023-03", "last": "2023-03-31"}, "person": "示乙", "post": "园区副主任", "reason": null, "required": 1, "shortfall": 1, "state": "overdue", "title": "带队检查", "unit": "园区"}, {"clause": "第一条", "counted": [], "days_late": null, "days_overdue": 62, "document": "demo", "done": 0, "due": "2023-04-30", "duty": "demo.good.check", "event": null, "flags": ["closed"], "id": "demo.good.check@园区副主任/示乙@2023-04", "light": "red", "members": [], "missing": [], "period": {"first": "2023-04-01", "label": "2023-04", "last": "2023-04-30"}, "person": "示乙", "post": "园区副主任", "reason": null, "required": 1, "shortfall": 1, "state": "overdue", "title": "带队检查", "unit": "园区"}, {"clause": "第一条", "counted": [], "days_late": null, "days_overdue": 31, "document": "demo", "done": 0, "due": "2023-05-31", "duty": "demo.good.check", "event": null, "flags": ["closed"], "id": "demo.good.check@园区副主任/示乙@2023-05", "light": "red", "members": [], "missing": [], "period": {"first": "2023-05-01", "label": "2023-05", "last": "2023-05-31"}, "person": "示乙", "post": "园区副主任", "reason": null, "required": 1, "shortfall": 1, "state": "overdue", "title": "带队检查", "unit": "园区"}]',9);
CREATE TABLE delegations (
	row_id INTEGER NOT NULL, 
	delegation TEXT NOT NULL, 
	holder TEXT NOT NULL, 
	delegate TEXT NOT NULL, 
	first VARCHAR(10) NOT NULL, 
	last VARCHAR(10), 
	duty TEXT, 
	document TEXT, 
	reason TEXT, 
	recorded_at VARCHAR(26) NOT NULL, 
	recorded_by TEXT, 
	voided_at VARCHAR(26), 
	voided_by TEXT, 
	void_reason TEXT, 
	entry INTEGER NOT NULL, 
	voided_in INTEGER, 
	PRIMARY KEY (row_id), 
	FOREIGN KEY(entry) REFERENCES journal (entry), 
	FOREIGN KEY(voided_in) REFERENCES journal (entry)
);
INSERT INTO "delegations" VALUES(1,'托1','园区副主任','园区科长','2023-03-01','2023-03-31',NULL,'示例〔2023〕1号','外出','2026-11-28 08:03:00.000000',NULL,NULL,NULL,NULL,3,NULL);
CREATE TABLE events (
	row_id INTEGER NOT NULL, 
	event TEXT NOT NULL, 
	type TEXT NOT NULL, 
	day VARCHAR(10) NOT NULL, 
	last VARCHAR(10), 
	time TEXT, 
	status TEXT NOT NULL, 
	unit TEXT, 
	subject TEXT, 
	recorded_at VARCHAR(26) NOT NULL, 
	recorded_by TEXT, 
	voided_at VARCHAR(26), 
	voided_by TEXT, 
	void_reason TEXT, 
	entry INTEGER NOT NULL, 
	voided_in INTEGER, 
	PRIMARY KEY (row_id), 
	FOREIGN KEY(entry) REFERENCES journal (entry), 
	FOREIGN KEY(voided_in) REFERENCES journal (entry)
);
INSERT INTO "events" VALUES(1,'赛1','体育赛事','2023-05-18',NULL,NULL,'planned','园区',NULL,'2026-11-28 08:03:00.000000',NULL,NULL,NULL,NULL,3,NULL);
CREATE TABLE holders (
	holder_no INTEGER NOT NULL, 
	holder TEXT NOT NULL, 
	PRIMARY KEY (holder_no), 
	UNIQUE (holder)
);
INSERT INTO "holders" VALUES(0,'园区主任');
INSERT INTO "holders" VALUES(1,'园区科长');
INSERT INTO "holders" VALUES(2,'园区副主任');
CREATE TABLE journal (
	entry INTEGER NOT NULL, 
	moment VARCHAR(26) NOT NULL, 
	act VARCHAR(20) NOT NULL, 
	who TEXT, 
	why TEXT, 
	source TEXT NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	counts TEXT NOT NULL, 
	content VARCHAR(64) NOT NULL, 
	previous VARCHAR(64) NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	PRIMARY KEY (entry)
);
INSERT INTO "journal" VALUES(1,'2026-11-28 08:00:00.000000','made','示例文员',NULL,'made','','{"first_day": "2026-11-01", "made_at": "2026-11-28 08:00:00.000000"}','e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855','0000000000000000000000000000000000000000000000000000000000000000','4d95f2b2be8976a4711fdce7fbc66589912677920ce14833e088eff4f9437290');
INSERT INTO "journal" VALUES(2,'2026-11-28 08:01:00.000000','import','示例文员',NULL,'in','5f7b745a95df553185d7a673d0ef72a1a2efa618a42424c2f549f0cbfd59fe7a','{"activities": {"changed": 1, "new": 4, "unchanged": 0, "voided": 0}, "appointments": {"changed": 0, "new": 2, "unchanged": 0, "voided": 0}, "people": {"changed": 0, "new": 2, "unchanged": 0, "voided": 0}, "posts": {"changed": 0, "new": 2, "unchanged": 0, "voided": 0}, "settings": {"changed": 1, "new": 1, "unchanged": 0, "voided": 0}, "units": {"changed": 0, "new": 2, "unchanged": 0, "voided": 0}, "waivers": {"changed": 0, "new": 1, "unchanged": 0, "voided": 0}}','d597fd4b13dd9b59b1e13b30fb931774b307bea7b28e566c7e512563bc0a9cc6','4d95f2b2be8976a4711fdce7fbc66589912677920ce14833e088eff4f9437290','f522e718a81aa0c8a0f3dbbbdf1b56a736f252338730161a5b67ae365872b450');
INSERT INTO "journal" VALUES(3,'2026-11-28 08:03:00.000000','import','示例文员',NULL,'more','703f3705dc24520e504331b966e9f0d2ae5c61333832b9a562266fa053150c77','{"activities": {"changed": 0, "new": 10, "unchanged": 0, "voided": 0}, "adoptions": {"changed": 0, "new": 2, "unchanged": 0, "voided": 0}, "appointments": {"changed": 1, "new": 1, "unchanged": 0, "voided": 0}, "delegations": {"changed": 0, "new": 1, "unchanged": 0, "voided": 0}, "events": {"changed": 0, "new": 1, "unchanged": 0, "voided": 0}, "people": {"changed": 1, "new": 1, "unchanged": 0, "voided": 0}, "posts": {"changed": 0, "new": 1, "unchanged": 0, "voided": 0}, "subjects": {"changed": 0, "new": 1, "unchanged": 0, "voided": 0}, "waivers": {"changed": 0, "new": 1, "unchanged": 0, "voided": 0}}','285fd86454bcbd3e64153ddaa633e4ff71af3aca0cb2ee471fff6a96b0c821ab','f522e718a81aa0c8a0f3dbbbdf1b56a736f252338730161a5b67ae365872b450','57f248d72182928f6b1f43d4f0b53b3cb33d2d645046aff443e53def4a49efe0');
INSERT INTO "journal" VALUES(4,'2026-11-28 08:04:00.000000','import','示例文员','日期有误','corr','2cd83393a3426da0d9c9121735ca30956d0105bb6e6f80b56f7f42dd3ab68573','{"activities": {"changed": 1, "new": 0, "unchanged": 0, "voided": 0}}','986025154ec58e28cf66e3fb0477a74ae847367ed197b820ba695f1e4d03ce00','57f248d72182928f6b1f43d4f0b53b3cb33d2d645046aff443e53def4a49efe0','d54c1a1432abaaed3087d5f0566ae82a7d1953a8f4cd8993d780b5520e1dee4b');
INSERT INTO "journal" VALUES(5,'2026-11-28 08:05:00.000000','record','示例文员',NULL,'record','16d39b635177b090e0bed5db14124499098ee45eabce6dccc16080723fe167b4','{"activities": {"changed": 0, "new": 1, "unchanged": 0, "voided": 0}}','4e8638a00b970c91b9473cf5085fa30f62ced6521dbab42da455ed4296d618c7','d54c1a1432abaaed3087d5f0566ae82a7d1953a8f4cd8993d780b5520e1dee4b','8828d650872b2af311403375348d45cae78c7cad813f23e31f9cd03691c90ba7');
INSERT INTO "journal" VALUES(6,'2026-11-28 08:06:00.000000','record','示例文员','未休','void','fcd817d746fa0cdc7309cbbb90550d4271271310ac9a93eb047324f19ceeda5e','{"waivers": {"changed": 0, "new": 0, "unchanged": 0, "voided": 1}}','f10f63b081529acbef88a5e552ca38f0c6eb7fbcf14b14941f9fceede70b42d7','8828d650872b2af311403375348d45cae78c7cad813f23e31f9cd03691c90ba7','db4272426d7a1913bb9ee3699e8fcfc58cc4160b2ffd85d3ce28b15da199f477');
INSERT INTO "journal" VALUES(7,'2026-11-28 08:07:00.000000','record','示例文员',NULL,'attach','564d1265242b1fa3cba13aa2eba0352332bc8b5db589413002b88a79a75b1459','{"attachments": {"changed": 0, "new": 2, "unchanged": 0, "voided": 0}}','bc57d6943e013925357365da64fcee5bcdd4484466bc7698eb493f73d45ff066','db4272426d7a1913bb9ee3699e8fcfc58cc4160b2ffd85d3ce28b15da199f477','917d23101b0039bdbad833355ab9688c871136f93e321acb292f6a2612158721');
INSERT INTO "journal" VALUES(8,'2026-11-28 08:08:00.000000','record','示例文员','误传','void','1503c2a3f3cdd4275fc607a1e80f55f938fd2635cdd0b656b23b0eaaebe12c5c','{"attachments": {"changed": 0, "new": 0, "unchanged": 0, "voided": 1}}','69514a9c550b940cd1273cef7ccddcc28ef2044e09b8a586ae9033d870d18b04','917d23101b0039bdbad833355ab9688c871136f93e321acb292f6a2612158721','5864a4cd1a0d31853db872a401f7e12c925201c78d7c734035959226da634832');
INSERT INTO "journal" VALUES(9,'2026-11-28 08:09:00.000000','audit','示例文员',NULL,'audit','894c466dd5fb742cf0a7151a847fe2504b7f7004ea9a20fb3cb224134d0f6b91','{"audits": {"new": 1}, "rule_files": {"new": 4}, "rulebooks": {"new": 1}}','50d74f6ce058ca7a3d6e98e542b77c734ccd907fff9cee29221cd8dfc6b801a7','5864a4cd1a0d31853db872a401f7e12c925201c78d7c734035959226da634832','99d009c861b70f44dfcfb24326a0b692eba75fd247d1f5e6cb4600651ee0a010');
INSERT INTO "journal" VALUES(10,'2026-11-28 08:10:00.000000','notices','示例文员',NULL,'notices','','{"as_of": "2023-07-12", "notices": {"new": 2}}','061548d9d6161e8be53670ab9c047cd9823dfe320cf9960b21b0c888bae23e96','99d009c861b70f44dfcfb24326a0b692eba75fd247d1f5e6cb4600651ee0a010','227fbd9f6c3e2873a16d69c5df4494cf5aec936e75a0af9c29887faadeb39b41');
CREATE TABLE meta (
	"key" VARCHAR(40) NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('application','dutyclock');
INSERT INTO "meta" VALUES('schema_version','2');
INSERT INTO "meta" VALUES('made_at','2026-11-28 08:00:00.000000');
INSERT INTO "meta" VALUES('first_day','2026-11-01');
CREATE TABLE named_people (
	holder_no INTEGER NOT NULL, 
	person TEXT NOT NULL, 
	PRIMARY KEY (holder_no, person)
);
INSERT INTO "named_people" VALUES(0,'示甲');
INSERT INTO "named_people" VALUES(1,'示丙');
INSERT INTO "named_people" VALUES(2,'示乙');
CREATE TABLE notices (
	notice INTEGER NOT NULL, 
	as_of VARCHAR(10) NOT NULL, 
	known_on VARCHAR(10), 
	level TEXT NOT NULL, 
	addressee TEXT NOT NULL, 
	file TEXT NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	entry INTEGER NOT NULL, 
	PRIMARY KEY (notice), 
	FOREIGN KEY(entry) REFERENCES journal (entry)
);
INSERT INTO "notices" VALUES(1,'2023-07-12',NULL,'remind','园区','remind-园区.html','cd8cd0ce9613d640fdc866c406e1b67ec0b758d83a273d2cd4b7aca50a9ba466',10);
INSERT INTO "notices" VALUES(2,'2023-07-12',NULL,'remind','园区','remind-园区.txt','768158e9afa59e2d80b1163fc980e3bca1e41b2ed3230f254a6f063fb7542056',10);
CREATE TABLE people (
	row_id INTEGER NOT NULL, 
	person TEXT NOT NULL, 
	name TEXT NOT NULL, 
	phone TEXT, 
	email TEXT, 
	facts TEXT, 
	recorded_at VARCHAR(26) NOT NULL, 
	recorded_by TEXT, 
	voided_at VARCHAR(26), 
	voided_by TEXT, 
	void_reason TEXT, 
	entry INTEGER NOT NULL, 
	voided_in INTEGER, 
	PRIMARY KEY (row_id), 
	FOREIGN KEY(entry) REFERENCES journal (entry), 
	FOREIGN KEY(voided_in) REFERENCES journal (entry)
);
INSERT INTO "people" VALUES(1,'示甲','示例甲',NULL,NULL,NULL,'2026-11-27 01:43:29.000000',NULL,NULL,NULL,NULL,2,NULL);
INSERT INTO "people" VALUES(2,'示乙','示例乙',NULL,NULL,NULL,'2026-11-27 01:43:29.000000',NULL,NULL,NULL,NULL,2,NULL);
INSERT INTO "people" VALUES(3,'示丙','示例丙',NULL,NULL,NULL,'2026-11-28 08:03:00.000000',NULL,NULL,NULL,NULL,3,NULL);
INSERT INTO "people" VALUES(4,'示乙','示例乙','0513',NULL,NULL,'2026-11-28 08:03:00.000000',NULL,NULL,NULL,NULL,3,NULL);
CREATE TABLE posts (
	row_id INTEGER NOT NULL, 
	post TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	class TEXT NOT NULL, 
	title TEXT, 
	reports_to TEXT, 
	first VARCHAR(10), 
	last VARCHAR(10), 
	recorded_at VARCHAR(26) NOT NULL, 
	recorded_by TEXT, 
	voided_at VARCHAR(26), 
	voided_by TEXT, 
	void_reason TEXT, 
	entry INTEGER NOT NULL, 
	voided_in INTEGER, 
	PRIMARY KEY (row_id), 
	FOREIGN KEY(entry) REFERENCES journal (entry), 
	FOREIGN KEY(voided_in) REFERENCES journal (entry)
);
INSERT INTO "posts" VALUES(1,'园区主任','园区','主要负责人','主任',NULL,NULL,NULL,'2026-11-27 01:43:29.000000',NULL,NULL,NULL,NULL,2,NULL);
INSERT INTO "posts" VALUES(2,'园区副主任','园区','分管负责人','副主任',NULL,NULL,NULL,'2026-11-27 01:43:29.000000',NULL,NULL,NULL,NULL,2,NULL);
INSERT INTO "posts" VALUES(3,'园区科长','园区','其他负责人','科长','园区主任',NULL,NULL,'2026-11-28 08:03:00.000000',NULL,NULL,NULL,NULL,3,NULL);
CREATE TABLE rule_files (
	sha256 VARCHAR(64) NOT NULL, 
	label TEXT NOT NULL, 
	content TEXT NOT NULL, 
	entry INTEGER NOT NULL, 
	PRIMARY KEY (sha256), 
	FOREIGN KEY(entry) REFERENCES journal (entry)
);
INSERT INTO "rule_files" VALUES('26e4992909aa409ad6d4e60214484098eaf080c0e7c0a03d30b924bf4ae3190e','shipped/vocabulary.yaml','# The words that rules and records share. The Chinese form is the word; `en` is for readers of
# English. An office adds words of its own in its vocabulary.yaml.

# What was done. `under` names the wider kind: a duty that asks for the wider one takes both.
# `role` is what doing it implies, where the record leaves the role blank.
kinds:
  安全检查: {en: safety inspection}
  监督检查: {under: 安全检查, en: inspection by a supervising body}
  执法检查: {under: 监督检查, en: inspection under the law}
  监督抽查: {under: 监督检查, en: spot check}
  明查暗访: {under: 监督检查, en: open and undercover visit}
  专项检查: {under: 安全检查, en: special inspection}
  专项督导检查: {under: 安全检查, en: special supervisory inspection}
  专委会检查: {under: 安全检查, en: inspection of a special committee''s work}

  隐患排查: {en: hazard screening}
  重大隐患检查: {under: 隐患排查, en: check of how the unit''s major hazards are found and put right}
  班组排查: {under: 隐患排查, en: screening by a team}
  岗位排查: {under: 隐患排查, en: screening by workers at their posts}
  部门排查: {under: 隐患排查, en: screening by a department of the enterprise}
  厂长经理排查: {under: 隐患排查, en: screening by the manager}

  会议: {en: meeting}
  安全生产会议: {under: 会议, en: work safety meeting}
  安全例会: {under: 安全生产会议, en: regular work safety meeting}
  安委会会议: {under: 安全生产会议, en: meeting of the safety committee}
  安委会全体会议: {under: 安委会会议, en: meeting of all the safety committee''s members}
  专委会会议: {under: 安全生产会议, en: meeting of a special safety committee}
  专题研究: {under: 安全生产会议, en: session on work safety}
  队伍建设研究: {under: 会议, en: session on the staff and strength of safety supervision}
  专题学习: {under: 会议, en: study session}

  分析研判: {en: analysis of the situation}
  复盘: {under: 分析研判, en: review of what happened}
  形势研判: {under: 分析研判, en: analysis of the safety situation}
  风险评估: {under: 分析研判, en: risk assessment}
  季度评析: {under: 形势研判, en: quarterly review}
  风险会商: {under: 分析研判, en: risk assessment and consultation}
  管控评估: {under: 分析研判, en: assessment of how risk control works}
  绩效评估: {under: 分析研判, en: assessment of results}
  制度评估: {under: 分析研判, en: analysis of how rules and procedures work}

  听取汇报: {role: 听取, en: hearing a report}
  听取履职汇报: {under: 听取汇报, role: 听取, en: hearing how duties were carried out}

  汇报: {role: 汇报, en: report}
  向上级政府汇报: {under: 汇报, role: 汇报, en: report to the government above}
  向主要负责人汇报: {under: 汇报, role: 汇报, en: report to the principal}
  安全生产报告: {under: 汇报, role: 汇报, en: written report on work safety}
  情况报送: {under: 汇报, role: 汇报, en: return sent to the committee''s office}
  事故报告: {under: 汇报, role: 汇报, en: report of an accident}
  隐患报告: {under: 汇报, role: 汇报, en: report of a hazard}
  回应关切: {under: 汇报, role: 汇报, en: answer to public concern}

  制定印发: {en: issue of a document}
  责任清单印发: {under: 制定印发, en: issue of a list of responsibilities}
  工作清单印发: {under: 制定印发, en: issue of a list of key tasks}
  部门清单印发: {under: 制定印发, en: issue of the departments'' lists of tasks}
  工作计划印发: {under: 制定印发, en: issue of a year''s work plan}
  培训计划印发: {under: 制定印发, en: issue of a year''s training plan}
  储备计划印发: {under: 制定印发, en: issue of a year''s plan of stores}
  工作报告印发: {under: 制定印发, en: issue of the government''s work report and key tasks}
  经费预算印发: {under: 制定印发, en: issue of a year''s budget}
  考核办法印发: {under: 制定印发, en: issue of a year''s assessment rules}
  制度印发: {under: 制定印发, en: issue of rules or procedures}
  评价规范印发: {under: 制度印发, en: issue of the standard for assessing principals}
  诚信办法印发: {under: 制度印发, en: issue of the rules on good faith}
  租赁机制印发: {under: 制度印发, en: issue of the rules on leasing vehicles}
  熔断机制印发: {under: 制度印发, en: issue of the rules on cutting off at a warning}
  基本制度印发: {under: 制度印发, en: issue of the basic rules}
  制度完善: {under: 制度印发, en: issue of refined rules}
  预案印发: {under: 制定印发, en: issue of an emergency plan}
  职责明确: {under: 制定印发, en: naming of who supervises what}
  总结印发: {under: 制定印发, en: issue of a closing report}

  办结: {en: closing of a task}
  制度落地: {under: 办结, en: a system is in place}
  一线责任制建成: {under: 办结, en: front-line responsibility is in place}
  体系建成: {under: 办结, en: a system or body is built}
  应急机构建成: {under: 体系建成, en: the emergency body is built}
  救援能力建成: {under: 体系建成, en: the ability to rescue is built}
  责任体系建成: {under: 体系建成, en: the system of responsibility is built}
  排查治理体系建成: {under: 体系建成, en: the system of screening is built}
  双重预防机制建成: {under: 体系建成, en: double prevention is in place}
  研判机制建成: {under: 体系建成, en: risk analysis is in place}
  画像系统建成: {under: 体系建成, en: profiles of enterprises are built}
  数据库建成: {under: 办结, en: a database is built}
  分布图绘成: {under: 办结, en: a map is drawn}
  普查完成: {under: 办结, en: a survey is complete}
  专项行动收官: {under: 办结, en: a campaign is closed}
  清理评估完成: {under: 办结, en: a review of approvals is complete}
  问题整改: {under: 办结, en: problems put right}
  隐患整改: {under: 问题整改, en: hazards put right}

  督查考核: {en: supervision and assessment}
  考核通报配合: {under: 督查考核, role: 配合, en: work for the rankings and assessments of the district}
  工作调度: {under: 督查考核, en: follow-up of tasks}
  安全生产巡查: {under: 督查考核, en: safety tour of inspection}
  提示约谈: {under: 督查考核, en: warning or talk}
  公开曝光: {under: 督查考核, en: naming in public}
  挂牌督办: {under: 督查考核, en: listing of a hazard for follow-up}
  情况通报: {under: 督查考核, en: findings made known}
  企业回访: {under: 督查考核, en: return visit to a punished enterprise}

  宣传教育: {en: publicity}
  警示教育: {under: 宣传教育, en: lessons from accidents}
  预警提示: {under: 宣传教育, en: warning to the public or the industry}
  评选活动: {under: 宣传教育, en: public award}
  教育培训: {en: training}
  取得证书: {under: 教育培训, en: certificate obtained}

  应急演练: {en: emergency drill}
  疏散演练: {under: 应急演练, en: evacuation drill}
  灭火演练: {under: 应急演练, en: fire-fighting drill}
  应急处置: {en: emergency response}
  赶赴现场: {under: 应急处置, en: going to the scene}
  应急队伍出动: {under: 应急处置, en: turning out of a rescue team}

  专项整治: {en: special rectification}
  城市体检: {en: check-up of the town}
  线索核查: {en: check of a report or lead}
  事故调查: {en: accident investigation}
  线索移送: {en: lead passed on to another authority}
  违法查处: {en: breach of the law stopped and punished}
  备案登记: {en: filing with the authority}
  值班巡查: {en: duty watch and patrol}
  检验检测: {en: inspection and testing by a qualified body}
  设备维护: {en: upkeep of equipment}
  调查研究: {en: field study}
  安全诊断: {en: safety diagnosis by qualified people}
  日管控: {under: 隐患排查, en: daily control by the safety officer}
  周排查: {under: 隐患排查, en: weekly screening by the safety director}
  月调度: {under: 工作调度, en: monthly follow-up by the principal}


roles:
  带队: {en: leads}
  主持: {en: chairs}
  组织: {en: organises}
  召集: {en: convenes}
  听取: {en: hears}
  汇报: {en: reports}
  参加: {en: takes part}
  配合: {en: assists}

post_classes:
  主要负责人: {en: principal, note: heads a unit; of a department or an enterprise too}
  党委主要负责人: {en: party principal, note: 党委 or 党工委 secretary}
  行政主要负责人: {en: administrative principal, note: "mayor of a town, head of a subdistrict or 管委会"}
  分管负责人: {en: deputy in charge of safety}
  其他负责人: {en: other deputy}
  安全总监: {en: safety director}
  安全管理人员: {en: safety manager}
  特种作业人员: {en: special operations worker}
  从业人员: {en: worker}
  工作人员: {en: clerk}
  安保干部: {en: school security officer}
  校园安全岗位人员: {en: school worker in a safety post, note: "fire protection, building works, laboratories, practical training"}
  专职安全员: {en: full-time safety officer}
  班组长: {en: team leader}
  人影管理人员: {en: manager of weather modification}
  人影作业人员: {en: weather modification operator}
  消防安全责任人: {en: person answerable for fire safety}

unit_types:
  省: {en: province}
  市: {en: city}
  区县: {en: county or district}
  镇街: {en: town or subdistrict}
  园区: {en: park, note: 工业园区 or 开发区 with a 管委会}
  部门: {en: department}
  驻镇单位: {en: outside unit in a town}
  村居: {en: village or neighbourhood}
  企业: {en: enterprise}
  党委常委会: {en: standing committee of the party}
  党政联席会: {en: joint party and government meeting}
  安委会: {en: work safety committee}
  安委办: {en: office of the work safety committee}
  专委会: {en: special safety committee}
  中小学: {en: primary or secondary school}
  幼儿园: {en: kindergarten}
  中等职业学校: {en: vocational school}
  派出所: {en: police station}
  党委会: {en: party committee}
  理论学习中心组: {en: study group of the party committee}
  科室: {en: section of a bureau}
  局属单位: {en: body under a bureau}
  项目法人: {en: owner of a water works project, note: 水利工程建设项目法人}
  农机合作社: {en: farm machinery cooperative, note: 农机专业合作社}
  体育场所: {en: sports venue}
  养老机构: {en: home for the old}
  儿童福利机构: {en: child welfare home, note: "未成年人救助保护机构 too"}
  救助管理机构: {en: shelter for people without support}
  殡葬服务机构: {en: funeral service}
  婚姻登记机关: {en: marriage registry}
  民政服务机构: {en: civil affairs service, note: any other one}
  测绘资质单位: {en: qualified surveying and mapping unit}
  基层社: {en: grass-roots supply and marketing cooperative}
  直属企业: {en: enterprise directly under the supply and marketing cooperative}
  医疗机构: {en: medical institution}
  文博单位: {en: heritage building or museum}
  商业综合体: {en: large commercial complex}
  公共文化单位: {en: "public cultural body", note: "library, cultural centre or station"}
  公共卫生机构: {en: public health body, note: "专业公共卫生机构; with 医疗机构 it makes 医疗卫生机构"}
  医养结合机构: {en: home for the old with medical care}
  托育机构: {en: nursery}

subject_types:
  企业: {en: enterprise, note: one that is not a unit of the office''s own tree}
  项目: {en: project}
  场所: {en: place}
  学校: {en: school}
  设备: {en: equipment}
  举报线索: {en: report by the public}
  渔政执法公务船: {en: fishery patrol vessel}
  电梯: {en: lift}
  锅炉: {en: boiler}
  雷电防护装置: {en: lightning protection system}
  地灾治理工程: {en: works against geological hazards}
  地质勘查单位: {en: geological exploration unit}
  房屋市政工程项目: {en: building or municipal works project}

event_types:
  生产安全事故: {en: work accident}
  发现隐患: {en: hazard found}
  发现问题: {en: problem found}
  行政处罚: {en: administrative penalty}
  发现重大隐患: {en: major hazard found}
  购买: {en: purchase, note: of what the rule names}
  销售: {en: sale, note: of what the rule names}
  收到举报: {en: report by the public received}
  收到线索: {en: lead received from another authority}
  接报警情: {en: call to the police received}
  警情处置完毕: {en: police incident dealt with}
  突发事件: {en: emergency}
  亡人道路交通事故: {en: road accident with a death}
  较大道路交通事故: {en: serious road accident, note: 较大以上}
  死亡五人以上道路交通事故: {en: road accident with five deaths or more}
  敏感事故: {en: accident in the public eye}
  重大涉险事故: {en: major near-accident}
  下闸蓄水验收: {en: acceptance before a reservoir is filled}
  开工: {en: start of works}
  复工: {en: resumption of works}
  体育赛事: {en: sports race or match}
  高危险性体育赛事: {en: high-risk sports race or match}
  险情: {en: dangerous situation, note: no accident yet}
  突发环境事件: {en: environmental emergency}
  发现违法行为: {en: breach of the law found}
  亡人或有影响火灾: {en: fire with a death or of public concern}
  停工停产: {en: stop of works or production}
  矿山投产: {en: start of production of a mine}
  事故后恢复生产: {en: resumption of production after a fatal accident}
  员工上岗: {en: worker takes up a post, note: new ones and those who change posts}
  重点岗位上岗: {en: worker takes up a key post, note: 消防控制室 and other posts that ask for a certificate}
  执法人员上岗: {en: law enforcement officer takes up a post}
  开业: {en: opening for business}
  启动医疗应急响应: {en: medical emergency response called}

industries:
  建设施工: {en: construction}
  危险化学品: {en: hazardous chemicals}
  非煤矿山: {en: mines other than coal}
  工贸: {en: industry and trade}
  燃气: {en: gas}
  商贸: {en: commerce}
  油气管道: {en: oil and gas pipelines}
  粮食: {en: grain}
  人防: {en: civil air defence}
  民爆: {en: civil explosives}
  电动汽车充换电: {en: charging and battery swapping of vehicles}
  电力: {en: electric power}
  公共交通: {en: public transport}
  城市管理: {en: urban management, note: "municipal works, water supply, sanitation, parks, outdoor advertising"}
  交通运输: {en: transport}
  水利: {en: water works}
  农业: {en: agriculture}
  农药: {en: pesticides}
  兽药: {en: veterinary medicines}
  畜禽屠宰: {en: slaughter of livestock and poultry}
  机械制造: {en: machine building}
  体育: {en: sports}
  住房城乡建设: {en: housing and urban development, note: "supervised by the housing bureau, other than building works"}
  航运: {en: shipping}
  基础电信: {en: telecom operators}
  文化旅游: {en: culture and tourism}
  卫生健康: {en: health}

tags:
  高危: {en: high risk}
  重点行业: {en: key industry, note: as the document or the office lists them}
  规模以上工业: {en: industrial enterprise above the statistical size}
  限额以上商贸: {en: commercial enterprise above the statistical size}
  资质以上建筑: {en: construction enterprise with a grade of qualification}
  已辨识风险: {en: has done its risk identification}
  安全监管职责: {en: has duties of safety supervision}
  监管牵头: {en: leads the supervision of an industry}
  专委会牵头: {en: leads a special committee}
  # who a department is in the list of key tasks of a park
  安全生产部: {en: safety department}
  规划建设部: {en: planning and construction department}
  经济运行部: {en: economic department}
  高新技术产业部: {en: high-tech department}
  招商服务中心: {en: investment centre}
  企业服务中心: {en: enterprise service centre}
  # who a department of the district is
  区发展改革委: {en: district development and reform commission}
  区教委: {en: district education commission}
  区经济信息委: {en: district economy and information commission}
  区公安分局: {en: district police bureau}
  区商务委: {en: district commerce commission}
  区文化旅游委: {en: district culture and tourism commission}
  区卫生健康委: {en: district health commission}
  区民政局: {en: district civil affairs bureau}
  区规划自然资源局: {en: district planning and natural resources bureau}
  区住房城乡建委: {en: district housing and urban development commission}
  区生态环境局: {en: district ecology and environment bureau}
  区征地事务中心: {en: district land acquisition centre}
  区城市管理局: {en: district urban management bureau}
  区交通局: {en: district transport bureau}
  区水利局: {en: district water bureau}
  区农业农村委: {en: district agriculture and rural affairs commission}
  区人防办: {en: district civil air defence office}
  区应急局: {en: district emergency management bureau}
  区人力社保局: {en: district human resources and social security bureau}
  区林业局: {en: district forestry bureau}
  区供销合作社: {en: district supply and marketing cooperative}
  区科协: {en: district science association}
  区消防救援支队: {en: district fire and rescue detachment}
  区委组织部: {en: district party organisation department}
  区委宣传部: {en: district party publicity department}
  区委统战部: {en: district party united front department}
  区科技局: {en: district science and technology bureau}
  区司法局: {en: district justice bureau}
  区大数据发展局: {en: district big data bureau}
  区税务局: {en: district tax bureau}
  区总工会: {en: district federation of trade unions}
  共青团区委: {en: district youth league committee}
  区妇联: {en: district women''s federation}
  区残联: {en: district disabled persons'' federation}
  区红十字会: {en: district Red Cross}
  区工商联: {en: district federation of industry and commerce}
  巴南海事局: {en: Banan maritime bureau}
  区国资中心: {en: district centre for state-owned assets}
  区市场监管局: {en: district market regulation bureau}
  区体育局: {en: district sports bureau}
  区气象局: {en: district meteorological bureau}
  # who a part of the district police bureau is
  公安分局单位: {en: any part of the district police bureau}
  分局安办成员单位: {en: member of the police bureau''s work safety office}
  治安支队: {en: public order detachment}
  交巡警支队: {en: traffic and patrol police detachment}
  督察支队: {en: police inspection detachment}
  警保处: {en: police logistics division}
  经侦支队: {en: economic crime detachment}
  内保支队: {en: internal security detachment}
  刑侦支队: {en: criminal investigation detachment}
  食药环支队: {en: "food, drug and environmental crime detachment"}
  指挥中心: {en: police command centre}
  # what the sub-plans ask of a holder
  人防系统: {en: works in civil air defence}
  人防地下商场: {en: underground market in an air-raid shelter}
  结建人防工程: {en: has an air-raid shelter built with its building}
  巴洲产发集团: {en: the district''s industrial development group}
  剧毒易制爆: {en: deals in highly toxic or explosive precursor chemicals}
  供电企业: {en: supplies electric power}
  民爆企业: {en: makes or sells civil explosives}
  大型户外广告: {en: owns a large outdoor advertisement}
  事故多发: {en: prone to accidents}
  旅游包车: {en: runs chartered tourist coaches}
  农业工程参建: {en: takes part in works on farmland}
  有色金属: {en: works with non-ferrous metals}
  高温熔融: {en: works with molten metal}
  粉尘涉爆: {en: works with explosive dust}
  有限空间作业: {en: works in confined spaces}
  劳动密集型: {en: labour-intensive}
  厂中厂: {en: factory inside another factory}
  重点企业: {en: key enterprise, note: as the document or the office lists them}
  区属国有企业: {en: enterprise owned by the district}
  特种设备生产单位: {en: makes special equipment}
  特种设备使用单位: {en: uses special equipment}
  特种设备重点使用单位: {en: key user of special equipment}
  重点工业产品生产销售单位: {en: makes or sells key industrial products}
  新建: {en: newly built}
  高危险性体育项目: {en: runs a high-risk sport}
  防雷责任单位: {en: answers for a lightning protection system, note: "user, maintainer or owner"}
  防雷安全重点单位: {en: key unit for lightning safety}
  易燃易爆: {en: flammable or explosive}
  建设单位: {en: owner of a building project}
  施工单位: {en: building contractor}
  监理单位: {en: building supervision company}
  住建领域重点: {en: key enterprise of housing and building}
  排污单位: {en: discharges pollutants}
  危险废物单位: {en: produces or handles hazardous waste}
  重大项目: {en: major project}
  区消防安全委员会: {en: district fire safety committee}
  社会单位: {en: answers for its own fire safety, note: as the office lists them}
  火灾高危单位: {en: high fire risk}
  消防安全重点单位: {en: key unit for fire safety}
  公众聚集场所: {en: place of public gathering}
  高边坡露天矿山: {en: open-pit mine with a slope above 100 m}
  涉客: {en: carries passengers}
  涉危: {en: carries dangerous goods}
  工商联会员单位: {en: member of the district federation of industry and commerce}
  文化执法机构: {en: law enforcement body for culture}
  市场管理科: {en: market section of the culture and tourism commission}
  委属单位: {en: "run by its commission, or on its behalf"}
  A级旅游景区: {en: graded tourist attraction}
  人员密集场所: {en: crowded place}
  重点文博单位: {en: key heritage building or museum}
  文物工地: {en: "works on a heritage repair, excavation or museum building site"}
  两重点一重大: {en: "has hazardous chemicals, processes or installations under key supervision"}
  危化生产: {en: makes hazardous chemicals}
  危化许可: {en: "licensed to make, store or deal in hazardous chemicals", note: by 2024-06-30}
  票据式经营: {en: deals in hazardous chemicals on paper only}
  加油站: {en: filling station}
  气体经营: {en: deals in gases}
  高危工艺: {en: "uses diazotisation, peroxidation, fluorination or chlorination"}
  老旧装置: {en: has ageing installations}
  烟花爆竹批发: {en: wholesaler of fireworks}
  重点监管化工工艺: {en: uses a chemical process under key supervision}
  在建: {en: under construction}
  试生产: {en: in trial production}
  规模以上: {en: above the statistical size}

quantity_units:
  次: {en: times}
  家: {en: enterprises}
  人: {en: people}
  人次: {en: attendances}
  处: {en: places}
  小时: {en: hours}
  座: {en: structures}
  台: {en: machines}
  批次: {en: batches}
  个月: {en: months}

attributes:
  事项: {en: matter, note: "what was closed or issued, in the rule''s own words"}
  四不两直: {en: unannounced, note: "是 or 否"}
',9);
INSERT INTO "rule_files" VALUES('46dbc8baf3893a4f802e66f746ac5002836e174cf70e448030480cfea1fb70c6','demo/good.yaml','list: 清单
holder: {posts: [主要负责人, 分管负责人]}
duties:
  check:
    title: 带队检查
    source: {clause: 第一条, quote: 每月至少1次带队检查}
    activity: {kind: 安全检查, role: 带队}
    frequency: {at_least: 1, per: month}
',9);
INSERT INTO "rule_files" VALUES('5d78746b0ee08dbcce23604fcb3850574cda20cd8bee836351ad73e53f0a6638','demo/document.yaml','title: 文件
number: 安委〔2023〕1号
signed: 2023-01-01
',9);
INSERT INTO "rule_files" VALUES('65017f0bfa43be0ea898f6edf05acc3e6a963e0ebc25aae9dc44186ee6d1221e','shipped/calendar.yaml','# The named windows of each year, school terms, and working days.
# An office extends this by a calendar.yaml of its own: its line replaces the shipped one of the same
# window and unit (only `years`: they are added to it); one with `unit` holds for that unit and below.
# "default" in a note: a planning value, to be replaced by the local notice of the year.
# `X前` and `X前后` need no line: they are the `lead_days` (15) before X, or on both sides of it.

windows:
  # fixed days of every year
  安全生产月: [{from: 06-01, to: 06-30, en: Work Safety Month}]
  安全生产宣传咨询日: [{from: 06-16, to: 06-16, en: Work Safety Information Day}]
  民政服务机构安全管理月:
    - {from: 06-01, to: 06-30, en: Safety Month of Civil Affairs Services, note: "default: a planning value, with 安全生产月"}
  消防宣传月: [{from: 11-01, to: 11-30, en: Fire Safety Month}]
  消防宣传日: [{from: 11-09, to: 11-09, en: Fire Safety Day}]
  世界气象日: [{from: 03-23, to: 03-23, en: World Meteorological Day}]
  防灾减灾日: [{from: 05-12, to: 05-12, en: Disaster Prevention Day}]
  国际博物馆日: [{from: 05-18, to: 05-18, en: International Museum Day}]
  文化和自然遗产日:
    - {years: {2024: {first: 2024-06-08, last: 2024-06-08}, 2025: {first: 2025-06-14, last: 2025-06-14}, 2026: {first: 2026-06-13, last: 2026-06-13}},
       en: Cultural and Natural Heritage Day, note: the second Saturday of June}
  森林防火宣传月: [{from: 03-01, to: 03-31, en: Forest Fire Prevention Month, note: "default: a planning value, from the local notice"}]
  开学季: [{from: 09-01, to: 09-30, en: start of the school year, note: "default: a planning value, the first month of the autumn term"}]
  安全生产法宣传周: [{from: 12-01, to: 12-07, en: Work Safety Law Week}]
  人民防空创建日: [{from: 10-31, to: 10-31, en: Civil Air Defence Day}]
  全国交通安全日: [{from: 12-02, to: 12-02, en: National Road Safety Day}]

  # seasons: they differ from place to place
  汛期:
    - {from: 04-01, to: 10-31, en: flood season,
       note: "default: the south (main season June to August); in the north 06-01..09-30"}
  汛前: [{from: 03-01, to: 03-31, en: before the flood season, note: "default: the month before 汛期"}]
  主汛期: [{from: 07-16, to: 08-15, en: height of the flood season, note: "default: 七下八上"}]
  森林防火期:
    - {from: 11-15, to: 04-15, en: forest fire season,
       note: "default: south and centre; north-east 03-15..06-15 and 09-15..11-15, 云南 12-01..06-15, 四川 01-01..05-31"}
  迎峰度夏: [{from: 06-15, to: 09-15, en: summer peak of power demand, note: "default"}]
  迎峰度冬: [{from: 11-15, to: 03-15, en: winter peak of power demand, note: "default"}]
  岁末年初: [{from: 12-01, to: 01-31, en: turn of the year, note: "default"}]
  寒假: [{from: 01-21, to: 02-20, en: winter holidays, note: "default: from the local notice"}]
  暑假: [{from: 07-06, to: 08-31, en: summer holidays, note: "default: from the local notice"}]
  两会: [{from: 03-03, to: 03-17, en: the Two Sessions, note: "default: for planning"}]
  春耕: [{from: 03-01, to: 04-30, en: spring ploughing, note: "default: a planning value for the south-west"}]
  三夏: [{from: 05-16, to: 06-30, en: summer harvest and sowing, note: "default: a planning value for the south-west"}]
  三秋: [{from: 09-01, to: 10-31, en: autumn harvest and sowing, note: "default: a planning value for the south-west"}]

  # days of the lunar calendar
  除夕: [{lunar: 12-30, en: New Year''s Eve, note: "the 29th in a month of 29 days"}]
  元宵: [{lunar: 01-15, en: Lantern Festival}]
  中元节: [{lunar: 07-15, en: Zhongyuan Festival}]

  # statutory holidays, with the days off that were published for them
  元旦: [{holiday: 元旦, en: New Year''s Day}]
  春节: [{holiday: 春节, en: Spring Festival}]
  清明: [{holiday: 清明, en: Tomb-sweeping Day}]
  劳动节: [{holiday: 劳动节, en: Labour Day}]
  五一: [{holiday: 劳动节, en: Labour Day, note: another name of 劳动节}]
  端午: [{holiday: 端午, en: Dragon Boat Festival}]
  中秋: [{holiday: 中秋, en: Mid-autumn Festival}]
  国庆: [{holiday: 国庆, en: National Day}]

  # several windows under one name
  小长假:
    - {each_of: [元旦, 清明, 劳动节, 端午, 中秋], en: short holidays,
       note: "each of them; 春节 and 国庆 are the long ones"}
  法定节假日:
    - {each_of: [元旦, 春节, 清明, 劳动节, 端午, 中秋, 国庆], en: statutory holidays}

school_terms:
  秋季学期: [{from: 09-01, to: 01-20, en: autumn term, note: "default: from the local notice"}]
  春季学期: [{from: 02-21, to: 07-05, en: spring term, note: "default: from the local notice"}]
school_year: [{from: 09-01, to: 08-31, en: school year}]

# Working days of 2004 to 2026 are known. A year published since then is added in the office''s own
# calendar.yaml, with the weekdays that are off and the weekend days at work:
#   workdays:
#     2027: {off: [2027-01-01, …], on: [2027-02-06, …]}
workdays: {}
',9);
CREATE TABLE rulebooks (
	rulebook INTEGER NOT NULL, 
	rules VARCHAR(64) NOT NULL, 
	rulings VARCHAR(64) NOT NULL, 
	calendar VARCHAR(64) NOT NULL, 
	files TEXT NOT NULL, 
	entry INTEGER NOT NULL, 
	PRIMARY KEY (rulebook), 
	FOREIGN KEY(entry) REFERENCES journal (entry)
);
INSERT INTO "rulebooks" VALUES(1,'cd126716ebc95e1298ccdeeb9f62277abc878d6c43d382b25ef7f4d4c465f479','e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855','d6d7da27409b8f2ffe1cb550e97eab1e6bb20dea8e0e1898abf31dd489de7e18','[["vocabulary", "shipped/vocabulary.yaml", "", "26e4992909aa409ad6d4e60214484098eaf080c0e7c0a03d30b924bf4ae3190e"], ["calendar", "shipped/calendar.yaml", "", "65017f0bfa43be0ea898f6edf05acc3e6a963e0ebc25aae9dc44186ee6d1221e"], ["document", "demo/document.yaml", "demo", "5d78746b0ee08dbcce23604fcb3850574cda20cd8bee836351ad73e53f0a6638"], ["list", "demo/good.yaml", "demo", "46dbc8baf3893a4f802e66f746ac5002836e174cf70e448030480cfea1fb70c6"]]',9);
CREATE TABLE settings (
	row_id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	recorded_at VARCHAR(26) NOT NULL, 
	recorded_by TEXT, 
	voided_at VARCHAR(26), 
	voided_by TEXT, 
	void_reason TEXT, 
	entry INTEGER NOT NULL, 
	voided_in INTEGER, 
	PRIMARY KEY (row_id), 
	FOREIGN KEY(entry) REFERENCES journal (entry), 
	FOREIGN KEY(voided_in) REFERENCES journal (entry)
);
INSERT INTO "settings" VALUES(1,'records_from','2026-11-01','2026-11-27 01:43:28.000000',NULL,NULL,NULL,NULL,2,NULL);
INSERT INTO "settings" VALUES(2,'records_from','2022-07-01','2026-11-27 01:43:29.000000',NULL,NULL,NULL,NULL,2,NULL);
CREATE TABLE subjects (
	row_id INTEGER NOT NULL, 
	subject TEXT NOT NULL, 
	name TEXT NOT NULL, 
	type TEXT NOT NULL, 
	unit TEXT, 
	tags TEXT, 
	first VARCHAR(10), 
	last VARCHAR(10), 
	recorded_at VARCHAR(26) NOT NULL, 
	recorded_by TEXT, 
	voided_at VARCHAR(26), 
	voided_by TEXT, 
	void_reason TEXT, 
	entry INTEGER NOT NULL, 
	voided_in INTEGER, 
	PRIMARY KEY (row_id), 
	FOREIGN KEY(entry) REFERENCES journal (entry), 
	FOREIGN KEY(voided_in) REFERENCES journal (entry)
);
INSERT INTO "subjects" VALUES(1,'电梯1','一号电梯','电梯','甲厂',NULL,NULL,NULL,'2026-11-28 08:03:00.000000',NULL,NULL,NULL,NULL,3,NULL);
CREATE TABLE units (
	row_id INTEGER NOT NULL, 
	unit TEXT NOT NULL, 
	name TEXT NOT NULL, 
	type TEXT NOT NULL, 
	parent TEXT, 
	tags TEXT, 
	industry TEXT, 
	first VARCHAR(10), 
	last VARCHAR(10), 
	records_from VARCHAR(10), 
	term_first VARCHAR(10), 
	term_last VARCHAR(10), 
	recorded_at VARCHAR(26) NOT NULL, 
	recorded_by TEXT, 
	voided_at VARCHAR(26), 
	voided_by TEXT, 
	void_reason TEXT, 
	entry INTEGER NOT NULL, 
	voided_in INTEGER, 
	PRIMARY KEY (row_id), 
	FOREIGN KEY(entry) REFERENCES journal (entry), 
	FOREIGN KEY(voided_in) REFERENCES journal (entry)
);
INSERT INTO "units" VALUES(1,'园区','示例园区','园区',NULL,NULL,NULL,'2022-01-01',NULL,NULL,NULL,NULL,'2026-11-27 01:43:29.000000',NULL,NULL,NULL,NULL,2,NULL);
INSERT INTO "units" VALUES(2,'甲厂','示例甲厂','企业','园区','高危@2022-09-01','工贸',NULL,NULL,NULL,NULL,NULL,'2026-11-27 01:43:29.000000',NULL,NULL,NULL,NULL,2,NULL);
CREATE TABLE waivers (
	row_id INTEGER NOT NULL, 
	waiver TEXT NOT NULL, 
	holder TEXT NOT NULL, 
	first VARCHAR(10) NOT NULL, 
	last VARCHAR(10) NOT NULL, 
	reason TEXT NOT NULL, 
	person TEXT, 
	duty TEXT, 
	subject TEXT, 
	document TEXT, 
	recorded_at VARCHAR(26) NOT NULL, 
	recorded_by TEXT, 
	voided_at VARCHAR(26), 
	voided_by TEXT, 
	void_reason TEXT, 
	entry INTEGER NOT NULL, 
	voided_in INTEGER, 
	PRIMARY KEY (row_id), 
	FOREIGN KEY(entry) REFERENCES journal (entry), 
	FOREIGN KEY(voided_in) REFERENCES journal (entry)
);
INSERT INTO "waivers" VALUES(1,'豁1','园区副主任','2022-08-01','2022-08-31','病假',NULL,NULL,NULL,'示例〔2022〕1号','2026-11-27 01:43:29.000000',NULL,NULL,NULL,NULL,2,NULL);
INSERT INTO "waivers" VALUES(2,'豁2','园区科长','2023-02-01','2023-02-10','病假',NULL,NULL,NULL,NULL,'2026-11-28 08:03:00.000000',NULL,'2026-11-28 08:06:00.000000','示例文员','未休',3,6);
CREATE INDEX named_people_person ON named_people (person);
CREATE UNIQUE INDEX settings_key ON settings ("key", recorded_at);
CREATE UNIQUE INDEX units_key ON units (unit, recorded_at);
CREATE UNIQUE INDEX adoptions_key ON adoptions (document, unit, recorded_at);
CREATE UNIQUE INDEX people_key ON people (person, recorded_at);
CREATE INDEX people_name ON people (name);
CREATE UNIQUE INDEX posts_key ON posts (post, recorded_at);
CREATE INDEX posts_unit ON posts (unit);
CREATE UNIQUE INDEX appointments_key ON appointments (person, post, first, recorded_at);
CREATE INDEX appointments_post ON appointments (post);
CREATE UNIQUE INDEX subjects_key ON subjects (subject, recorded_at);
CREATE UNIQUE INDEX events_key ON events (event, recorded_at);
CREATE UNIQUE INDEX waivers_key ON waivers (waiver, recorded_at);
CREATE UNIQUE INDEX delegations_key ON delegations (delegation, recorded_at);
CREATE INDEX attachments_activity ON attachments (activity);
CREATE UNIQUE INDEX attachments_key ON attachments (attachment, recorded_at);
CREATE INDEX attachments_sha256 ON attachments (sha256);
CREATE INDEX activities_evidence ON activities (evidence) WHERE flags < 1024 AND evidence IS NOT NULL;
CREATE INDEX activities_by_holder ON activities (holder_no, class_no, day_no, flags) WHERE flags < 1024;
CREATE INDEX activities_unusual ON activities (holder_no, flags) WHERE flags < 1024 AND (flags & 524) <> 0;
CREATE INDEX activities_by_day ON activities (day_no, holder_no, class_no, flags) WHERE flags < 1024;
CREATE INDEX activities_supersedes ON activities (supersedes) WHERE supersedes IS NOT NULL;
CREATE INDEX activities_listed ON activities (day_no) WHERE flags < 1024 AND instr(evidence, ';') > 0;
CREATE INDEX activities_on_behalf_of ON activities (on_behalf_of) WHERE flags < 1024 AND on_behalf_of IS NOT NULL;
CREATE UNIQUE INDEX activities_key ON activities (activity, recorded_at);
COMMIT;
