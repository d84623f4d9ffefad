-- SPDX-License-Identifier: GPL-3.0-or-later
-- A ledger as schema version 5 left it. Never changed: it stands for the ledgers in shops.
PRAGMA application_id = 1281976164;
PRAGMA user_version = 5;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE follow_up (  id INTEGER PRIMARY KEY AUTOINCREMENT,  payment INTEGER NOT NULL REFERENCES payment (id),  kind TEXT NOT NULL CHECK (kind IN ('late', 'paid-twice', 'wrong-amount', 'contradiction')),  opened_at INTEGER NOT NULL,  closed_at INTEGER,  reason TEXT, counted INTEGER NOT NULL DEFAULT 0,  CHECK ((closed_at IS NULL) = (reason IS NULL))) STRICT;
INSERT INTO "follow_up" VALUES(1,5,'wrong-amount',1760000360000,NULL,NULL,0);
INSERT INTO "follow_up" VALUES(2,5,'contradiction',1760000370000,1760000380000,'vu',0);
CREATE TABLE gate (id INTEGER PRIMARY KEY CHECK (id = 1),                   confirmed_at INTEGER NOT NULL) STRICT;
INSERT INTO "gate" VALUES(1,1760000410000);
CREATE TABLE house_keeping (id INTEGER PRIMARY KEY CHECK (id = 1),                            closed_cleanly INTEGER NOT NULL,                            integrity_checked_at INTEGER NOT NULL) STRICT;
INSERT INTO "house_keeping" VALUES(1,0,1760000000000);
CREATE TABLE payment (  id INTEGER PRIMARY KEY AUTOINCREMENT,  sale INTEGER NOT NULL REFERENCES sale (id),  reference TEXT NOT NULL UNIQUE,  transaction_id TEXT NOT NULL UNIQUE,  amount INTEGER NOT NULL CHECK (amount > 0),  state TEXT NOT NULL CHECK (state IN ('creating', 'awaiting', 'verifying', 'unresolved',                                       'paid', 'declined', 'aborted', 'disputed')),  token TEXT,  page_url TEXT,  return_url TEXT NOT NULL,  cancel_url TEXT NOT NULL,  base_url TEXT NOT NULL,  exit TEXT NOT NULL CHECK (exit IN ('none', 'returned', 'cancelled', 'lost')),  released_by TEXT CHECK (released_by IN ('cash', 'new-payment')),  last_answer TEXT NOT NULL    CHECK (last_answer IN ('none', 'pending', 'offline', 'unclear', 'verdict')),  n_checks INTEGER NOT NULL,  n_pending INTEGER NOT NULL,  created_at INTEGER NOT NULL,  left_at INTEGER NOT NULL,  checked_at INTEGER NOT NULL,  next_check_at INTEGER NOT NULL,  verdict_at INTEGER NOT NULL,  amount_received INTEGER NOT NULL,  operator_name TEXT,  payer TEXT,  request_id TEXT,  refusal TEXT,  owner TEXT NOT NULL, opening TEXT NOT NULL DEFAULT 'here'  CHECK (opening IN ('here', 'window', 'browser', 'phone')),  CHECK ((token IS NULL) = (page_url IS NULL)),  CHECK (state IN ('creating', 'aborted') OR token IS NOT NULL),  CHECK (state NOT IN ('paid', 'declined', 'disputed') OR verdict_at > 0)) STRICT;
INSERT INTO "payment" VALUES(1,1,'LGD-2222-3333','LGD-2222-3333-00',1250,'paid','token-1','https://client.ligdicash.com/directpayment/invoice/token-1','https://ligdipay.invalid/return/1','https://ligdipay.invalid/cancel/1','https://app.ligdicash.com','returned',NULL,'verdict',2,0,1760000000000,1760000050000,1760000060000,0,1760000060000,1250,'ORANGE BURKINA','22670000000','P2782222872026',NULL,'boot:1:1','here');
INSERT INTO "payment" VALUES(2,2,'LGD-2222-4444','LGD-2222-4444-00',500,'aborted',NULL,NULL,'https://ligdipay.invalid/return/2','https://ligdipay.invalid/cancel/2','https://app.ligdicash.com','none',NULL,'none',0,0,1760000100000,0,0,0,0,-1,NULL,NULL,NULL,'02','boot:1:1','here');
INSERT INTO "payment" VALUES(3,2,'LGD-2222-5555','LGD-2222-5555-00',500,'declined','token-3','https://client.ligdicash.com/directpayment/invoice/token-3','https://ligdipay.invalid/return/3','https://ligdipay.invalid/cancel/3','https://app.ligdicash.com','returned',NULL,'verdict',1,0,1760000110000,1760000120000,1760000121000,0,1760000121000,500,'MOOV BF',NULL,NULL,NULL,'boot:1:1','here');
INSERT INTO "payment" VALUES(4,3,'LGD-2222-6666','LGD-2222-6666-00',700,'unresolved','token-4','https://client.ligdicash.com/directpayment/invoice/token-4','https://ligdipay.invalid/return/4','https://ligdipay.invalid/cancel/4','https://app.ligdicash.com','cancelled','cash','pending',14,3,1760000200000,1760000250000,1760000290000,1760000295000,0,-1,NULL,NULL,NULL,NULL,'boot:1:1','here');
INSERT INTO "payment" VALUES(5,4,'LGD-2222-7777','LGD-2222-7777-00',2000,'disputed','token-5','https://client.ligdicash.com/directpayment/invoice/token-5','https://ligdipay.invalid/return/5','https://ligdipay.invalid/cancel/5','https://app.ligdicash.com','lost','new-payment','verdict',3,0,1760000300000,1760000350000,1760000360000,0,1760000360000,200,'WAVE SN','221770000000','P5',NULL,'509fad46-749c-4c60-a1d5-3864a22d8d03:25807:124314','here');
INSERT INTO "payment" VALUES(6,4,'LGD-2222-8888','LGD-2222-8888-00',2000,'awaiting','token-6','https://client.ligdicash.com/directpayment/invoice/token-6','https://ligdipay.invalid/return/6','https://ligdipay.invalid/cancel/6','https://app.ligdicash.com','none',NULL,'pending',1,1,1760000400000,1760000405000,1760000410000,1760000420000,0,-1,NULL,NULL,NULL,NULL,'boot:1:1','phone');
CREATE TABLE payment_event (  id INTEGER PRIMARY KEY AUTOINCREMENT,  payment INTEGER NOT NULL REFERENCES payment (id),  at INTEGER NOT NULL,  what TEXT NOT NULL,  from_state TEXT,  to_state TEXT NOT NULL,  note TEXT, changes TEXT NOT NULL DEFAULT '', hash TEXT NOT NULL DEFAULT '', cashier TEXT, approved INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO "payment_event" VALUES(1,1,1760000000000,'intent',NULL,'creating',NULL,'','0e4fd8887ba665524a1bc08751b17dfca68a591a40fd113c83c9a0278d15c249',NULL,0);
INSERT INTO "payment_event" VALUES(2,1,1760000001000,'invoice-created','creating','awaiting',NULL,'','e485fe87bf107bbef7dd10af876d9901bd111430475cc5830bef2e9a61c3ded9',NULL,0);
INSERT INTO "payment_event" VALUES(3,1,1760000060000,'confirmed-paid','awaiting','paid',NULL,'','34390aecc5cbb2e5e5c3117db59b177c35087f51e47dcc6d1e5bdb4cf816845a',NULL,0);
INSERT INTO "payment_event" VALUES(4,6,1760000405000,'set-aside','awaiting','awaiting',NULL,'','d218c782d2aabc9d6dc1053e60067c06e5b155ab9047c9c3f2f5bdaa915294e7',NULL,0);
INSERT INTO "payment_event" VALUES(5,1,1795605071900,'carried-over','paid','paid',NULL,'amount=1250
amount_received=1250
base_url=https://app.ligdicash.com
cancel_url=https://ligdipay.invalid/cancel/1
created_at=1760000000000
exit=returned
left_at=1760000050000
opening=here
operator_name=ORANGE BURKINA
page digest=c776dc3596fa6fb35abacfc3469f5a54cdbfc94aeefc0e215e0a36885cda5c1e
payer=22670000000
reference=LGD-2222-3333
request_id=P2782222872026
return_url=https://ligdipay.invalid/return/1
sale.created_at=1760000000000
sale.label 0=Riz \302\253 5 kg \302\273
sale.label 1=Th\303\251
sale.n_items=3
sale.quantity 0=2
sale.quantity 1=1
sale.settled_at=1760000060000
sale.settled_by=payment
sale.total=1250
sale.unit_price 0=500
sale.unit_price 1=250
state=paid
ticket=1
token digest=3f08aace122ee2368432c1ca23a049bc640bafbf00fdf33a52429f38ba12dbf9
transaction_id=LGD-2222-3333-00
verdict_at=1760000060000
','fc320716a4f9022502dcd002a09334ffb1a31f7fca67a048f6e06ddd0809428f',NULL,0);
INSERT INTO "payment_event" VALUES(6,2,1795605071900,'carried-over','aborted','aborted',NULL,'amount=500
amount_received=-1
base_url=https://app.ligdicash.com
cancel_url=https://ligdipay.invalid/cancel/2
created_at=1760000100000
exit=none
left_at=0
opening=here
reference=LGD-2222-4444
refusal=02
return_url=https://ligdipay.invalid/return/2
sale.created_at=1760000100000
sale.label 0=Sel
sale.n_items=1
sale.quantity 0=1
sale.settled_by=open
sale.total=500
sale.unit_price 0=500
state=aborted
ticket=2
transaction_id=LGD-2222-4444-00
verdict_at=0
','0e81e279b7c6e414313c3810b042668c55652876b3ece0559ae141ff436f5680',NULL,0);
INSERT INTO "payment_event" VALUES(7,3,1795605071901,'carried-over','declined','declined',NULL,'amount=500
amount_received=500
base_url=https://app.ligdicash.com
cancel_url=https://ligdipay.invalid/cancel/3
created_at=1760000110000
exit=returned
left_at=1760000120000
opening=here
operator_name=MOOV BF
page digest=0fb9c801bf3dc6dcca712177e31999ba60f71f66ac09a294cdbc41c69b340517
reference=LGD-2222-5555
return_url=https://ligdipay.invalid/return/3
sale.created_at=1760000100000
sale.label 0=Sel
sale.n_items=1
sale.quantity 0=1
sale.settled_by=open
sale.total=500
sale.unit_price 0=500
state=declined
ticket=2
token digest=a2f2b0b588bcc84fbf4d2ac8cc086b6f84de3e00fa3c1ba11e38ac078eb03192
transaction_id=LGD-2222-5555-00
verdict_at=1760000121000
','c2fc0250ca795d14e4bf2fa5f77736a97dd391037894552004008d33f1ebba1f',NULL,0);
INSERT INTO "payment_event" VALUES(8,4,1795605071901,'carried-over','unresolved','unresolved',NULL,'amount=700
amount_received=-1
base_url=https://app.ligdicash.com
cancel_url=https://ligdipay.invalid/cancel/4
created_at=1760000200000
exit=cancelled
left_at=1760000250000
opening=here
page digest=ad44e90f700473cfdb956316fb032466ecc15f4ded673f8dcd05b4777bda7fd2
reference=LGD-2222-6666
released_by=cash
return_url=https://ligdipay.invalid/return/4
sale.created_at=1760000200000
sale.label 0=Savon
sale.n_items=1
sale.quantity 0=1
sale.settled_at=1760000260000
sale.settled_by=cash
sale.total=700
sale.unit_price 0=700
state=unresolved
ticket=3
token digest=0d59e266304dee1d75ac34fa01986a53b8097398a4e7e87b54b8b9732691dc98
transaction_id=LGD-2222-6666-00
verdict_at=0
','82268b50b821ef5cd507a66a0e6b09408061691b548e2280ad992dffe5280f96',NULL,0);
INSERT INTO "payment_event" VALUES(9,5,1795605071901,'carried-over','disputed','disputed',NULL,'amount=2000
amount_received=200
base_url=https://app.ligdicash.com
cancel_url=https://ligdipay.invalid/cancel/5
created_at=1760000300000
exit=lost
follow_up 1=wrong-amount
follow_up 2=contradiction
follow_up.closed_at 2=1760000380000
follow_up.opened_at 1=1760000360000
follow_up.opened_at 2=1760000370000
follow_up.reason 2=vu
left_at=1760000350000
opening=here
operator_name=WAVE SN
page digest=5a2a487701ae7ef021b32f229c46465a79e74359989c83f444ae516bc0c7df39
payer=221770000000
reference=LGD-2222-7777
released_by=new-payment
request_id=P5
return_url=https://ligdipay.invalid/return/5
sale.created_at=1760000300000
sale.label 0=Huile 1 l
sale.n_items=2
sale.quantity 0=2
sale.settled_by=open
sale.total=2000
sale.unit_price 0=1000
state=disputed
ticket=4
token digest=6fcb1cf1b113a341db0fa49dc95fcb841140e6ef6e05ac4cf9b0a5b22a0f056c
transaction_id=LGD-2222-7777-00
verdict_at=1760000360000
','e01e190cc7b07b39db83410e4d5c9b751399794d84247066d1cbae320ab9b6a5',NULL,0);
INSERT INTO "payment_event" VALUES(10,6,1795605071901,'carried-over','awaiting','awaiting',NULL,'amount=2000
amount_received=-1
base_url=https://app.ligdicash.com
cancel_url=https://ligdipay.invalid/cancel/6
created_at=1760000400000
exit=none
left_at=1760000405000
opening=phone
page digest=7e30441edb436e25645142393eeb671fad5a510b0272252f7d4b35ed2d6210b3
reference=LGD-2222-8888
return_url=https://ligdipay.invalid/return/6
sale.created_at=1760000300000
sale.label 0=Huile 1 l
sale.n_items=2
sale.quantity 0=2
sale.settled_by=open
sale.total=2000
sale.unit_price 0=1000
state=awaiting
ticket=4
token digest=47076dea039ec9db94fc55694f6864a1cfe47d4f93e41c010e4521e3378888e5
transaction_id=LGD-2222-8888-00
verdict_at=0
','354ef482bc432a82b1c9b8829aa66aabcf361f24d66a38f2f39a5e6bea2c0a08',NULL,0);
INSERT INTO "payment_event" VALUES(11,5,1760000420000,'not-charged-again','disputed','disputed',NULL,'','05683a7023d9719b42e7bdd62e6ff8d293ff74734cac0720c26f66e86398136d','Awa',1);
CREATE TABLE sale (  id INTEGER PRIMARY KEY AUTOINCREMENT,  created_at INTEGER NOT NULL,  n_items INTEGER NOT NULL CHECK (n_items > 0),  total INTEGER NOT NULL CHECK (total > 0),  settled_by TEXT NOT NULL DEFAULT 'open'    CHECK (settled_by IN ('open', 'payment', 'cash', 'given-up')),  settled_at INTEGER) STRICT;
INSERT INTO "sale" VALUES(1,1760000000000,3,1250,'payment',1760000060000);
INSERT INTO "sale" VALUES(2,1760000100000,1,500,'open',NULL);
INSERT INTO "sale" VALUES(3,1760000200000,1,700,'cash',1760000260000);
INSERT INTO "sale" VALUES(4,1760000300000,2,2000,'open',NULL);
CREATE TABLE sale_line (  sale INTEGER NOT NULL REFERENCES sale (id),  position INTEGER NOT NULL,  label TEXT NOT NULL,  quantity INTEGER NOT NULL CHECK (quantity > 0),  unit_price INTEGER NOT NULL CHECK (unit_price > 0),  PRIMARY KEY (sale, position)) STRICT;
INSERT INTO "sale_line" VALUES(1,0,'Riz « 5 kg »',2,500);
INSERT INTO "sale_line" VALUES(1,1,'Thé',1,250);
INSERT INTO "sale_line" VALUES(2,0,'Sel',1,500);
INSERT INTO "sale_line" VALUES(3,0,'Savon',1,700);
INSERT INTO "sale_line" VALUES(4,0,'Huile 1 l',2,1000);
CREATE TABLE seal (  id INTEGER PRIMARY KEY AUTOINCREMENT,  day TEXT NOT NULL,  last_line INTEGER NOT NULL REFERENCES payment_event (id),  n_paid INTEGER NOT NULL,  takings INTEGER NOT NULL,  sealed_at INTEGER NOT NULL,  hash TEXT NOT NULL) STRICT;
INSERT INTO "seal" VALUES(1,'2025-10-09',4,1,1250,1795605071900,'80cf441c016525dc6090a4788287ab832c8bb32721775bb462b2b79380abd01f');
CREATE UNIQUE INDEX one_open_attempt ON payment (sale)  WHERE state IN ('creating', 'awaiting', 'verifying', 'unresolved', 'disputed')    AND released_by IS NULL;
CREATE INDEX payment_by_day ON payment (created_at);
CREATE INDEX payment_due ON payment (next_check_at) WHERE next_check_at > 0;
CREATE INDEX payment_event_by_payment ON payment_event (payment);
CREATE TRIGGER payment_event_remains BEFORE DELETE ON payment_event  BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;
CREATE TRIGGER payment_remains BEFORE DELETE ON payment  BEGIN SELECT RAISE (ABORT, 'a payment is never deleted'); END;
CREATE TRIGGER sale_remains BEFORE DELETE ON sale  BEGIN SELECT RAISE (ABORT, 'a sale is never deleted'); END;
CREATE TRIGGER paid_stays BEFORE UPDATE OF state ON payment  WHEN OLD.state IN ('paid', 'aborted', 'disputed') AND NEW.state <> OLD.state  BEGIN SELECT RAISE (ABORT, 'a final state never changes'); END;
CREATE INDEX payment_by_amount ON payment (amount);
CREATE TRIGGER seal_stays BEFORE UPDATE ON seal  BEGIN SELECT RAISE (ABORT, 'a sealed day never changes'); END;
CREATE TRIGGER seal_remains BEFORE DELETE ON seal  BEGIN SELECT RAISE (ABORT, 'a sealed day never changes'); END;
CREATE TRIGGER payment_event_is_sealed BEFORE INSERT ON payment_event WHEN NEW.hash = ''  BEGIN SELECT RAISE (ABORT, 'a line of the journal has a seal'); END;
CREATE TRIGGER sale_line_stays BEFORE UPDATE ON sale_line  BEGIN SELECT RAISE (ABORT, 'what was sold never changes'); END;
CREATE TRIGGER sale_line_remains BEFORE DELETE ON sale_line  BEGIN SELECT RAISE (ABORT, 'what was sold never changes'); END;
CREATE TRIGGER follow_up_remains BEFORE DELETE ON follow_up  BEGIN SELECT RAISE (ABORT, 'a follow-up is closed, not deleted'); END;
CREATE TRIGGER payment_event_stays BEFORE UPDATE ON payment_event  BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;
CREATE TRIGGER follow_up_stays BEFORE UPDATE ON follow_up WHEN OLD.closed_at IS NOT NULL  BEGIN SELECT RAISE (ABORT, 'a closed follow-up never changes'); END;
CREATE INDEX follow_up_by_payment ON follow_up (payment);
CREATE INDEX follow_up_open ON follow_up (payment) WHERE closed_at IS NULL;
CREATE INDEX follow_up_counted ON follow_up (closed_at) WHERE counted > 0;
CREATE INDEX payment_by_sale ON payment (sale);
CREATE INDEX payment_by_verdict ON payment (verdict_at) WHERE state = 'paid';
CREATE INDEX payment_unsettled ON payment (state) WHERE state IN ('creating', 'awaiting', 'verifying', 'unresolved');
CREATE INDEX payment_by_request_id ON payment (request_id COLLATE NOCASE)  WHERE request_id IS NOT NULL;
CREATE INDEX payment_by_payer_2 ON payment (substr (payer, -2)) WHERE payer IS NOT NULL;
CREATE INDEX payment_by_payer_4 ON payment (substr (payer, -4)) WHERE payer IS NOT NULL;
CREATE INDEX payment_by_reference_end ON payment (substr (reference, -4));
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('sale',41);
INSERT INTO "sqlite_sequence" VALUES('payment',6);
INSERT INTO "sqlite_sequence" VALUES('payment_event',11);
INSERT INTO "sqlite_sequence" VALUES('follow_up',2);
INSERT INTO "sqlite_sequence" VALUES('seal',1);
COMMIT;
