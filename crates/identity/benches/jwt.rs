//! Signing and checking of bearer tokens: part of every call, budget 3 µs per check.
#![allow(missing_docs)] // The macros below make undocumented items.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use identity::crypt::CryptKeys;
use identity::token::jwt::{Algorithm, Claims, JwtKey};

fn tokens(c: &mut Criterion) {
    let Ok(keys) = CryptKeys::parse("0123456789abcdef0123456789abcdef") else {
        return;
    };
    let claims = Claims {
        uid: 1,
        utypid: 2,
        iat: 1_700_000_000,
        exp: 1_700_003_600,
    };
    for algorithm in [Algorithm::Hs256, Algorithm::Hs512] {
        let key = JwtKey::new(&keys, algorithm);
        let Ok(token) = key.sign(&claims) else { return };
        c.bench_function(&format!("verify {}", algorithm.name()), |b| {
            b.iter(|| key.verify(black_box(&token)));
        });
        c.bench_function(&format!("sign {}", algorithm.name()), |b| {
            b.iter(|| key.sign(black_box(&claims)));
        });
    }
}

criterion_group!(benches, tokens);
criterion_main!(benches);
