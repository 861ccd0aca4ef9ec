//! The whole bearer check, as a call makes it: who is it, and may they. Budget 5 µs.
#![allow(missing_docs)] // The macros below make undocumented items.

use std::error::Error;
use std::hint::black_box;
use std::sync::Arc;

use contract::port::{Access as _, Stores};
use contract::{Caller, SystemClock, SystemRandom};
use criterion::{Criterion, criterion_group, criterion_main};
use db::{Db, Options};
use identity::crypt::CryptKeys;
use identity::password::Hasher;
use identity::token::jwt::{Algorithm, Claims, JwtKey};
use identity::{AdminAccount, Identity, Strictness};

const NOW: i64 = 1_700_000_100;

/// A new installation with one administrator.
async fn installed(file: &str, keys: &Arc<CryptKeys>) -> Result<Identity, Box<dyn Error>> {
    let db = Db::open(Options::new(format!("sqlite:{file}"))).await?;
    db::schema::install(&db, &[store::schema::TABLES, identity::schema::TABLES].concat()).await?;
    let mut session = db.session();
    session.begin().await?;
    store::install(&mut session, "http://127.0.0.1/").await?;
    identity::install(&mut session).await?;
    let account = AdminAccount {
        username: "admin".to_owned(),
        password: "Admin123pass".to_owned().into(),
        email: "admin@example.com".to_owned(),
        firstname: "Store".to_owned(),
        lastname: "Administrator".to_owned(),
    };
    let hasher = Hasher::new(keys.clone(), 1);
    identity::create_admin_user(&mut session, &account, &hasher, &SystemClock, &SystemRandom).await?;
    session.commit().await?;
    let stores: Arc<dyn Stores> = Arc::new(store::Scopes::load(&db).await?);
    Ok(Identity::load(
        &db,
        stores,
        keys.clone(),
        Arc::new(SystemClock),
        1,
        Strictness::default(),
    )
    .await?)
}

fn prepare(
    folder: &tempfile::TempDir,
) -> Result<(Identity, String, tokio::runtime::Runtime), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let keys = Arc::new(CryptKeys::parse("0123456789abcdef0123456789abcdef")?);
    let file = folder.path().join("bench.db").display().to_string();
    let identity = runtime.block_on(installed(&file, &keys))?;
    let claims = Claims {
        uid: 1,
        utypid: 2,
        iat: NOW - 100,
        exp: NOW + 3500,
    };
    let token = JwtKey::new(&keys, Algorithm::Hs256).sign(&claims)?;
    Ok((identity, format!("Bearer {token}"), runtime))
}

fn bearer(c: &mut Criterion) {
    let prepared = tempfile::tempdir().map_err(Into::into).and_then(|folder| {
        let (identity, header, runtime) = prepare(&folder)?;
        Ok::<_, Box<dyn Error>>((folder, identity, header, runtime))
    });
    let Ok((_folder, identity, header, _runtime)) = prepared else {
        return;
    };
    let check = |header: &str| {
        let caller = identity.identify(Some(header), NOW);
        caller.is_some_and(|caller| identity.allows(caller, "Magento_Backend::store"))
    };
    // A check that refuses would be measured as a fast one.
    if identity.identify(Some(&header), NOW) != Some(Caller::Admin(1)) || !check(&header) {
        return;
    }
    c.bench_function("bearer check", |b| b.iter(|| check(black_box(&header))));
}

criterion_group!(benches, bearer);
criterion_main!(benches);
