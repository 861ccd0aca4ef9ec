//! The media folder: pictures and files to download, behind an object store.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use bytes::Bytes;
use contract::port::Refresh;
use contract::{BoxFuture, Cx, Error, Result};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt as _, PutMode, PutOptions};

/// Below the media folder, where pictures of products stand.
const PRODUCTS: &str = "catalog/product";

/// The most names that are tried for a file whose name is taken: `front_1.png`, `front_2.png`, …
const NAMES: usize = 10_000;

/// The media folder. It is made when it is first needed, so that commands that only read leave no traces.
pub struct MediaStore {
    folder: PathBuf,
    files: OnceLock<Arc<dyn ObjectStore>>,
}

impl MediaStore {
    /// The media folder at this path, `pub/media` of a Magento.
    pub fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            files: OnceLock::new(),
        }
    }

    fn files(&self) -> Result<&Arc<dyn ObjectStore>> {
        if let Some(files) = self.files.get() {
            return Ok(files);
        }
        std::fs::create_dir_all(&self.folder).map_err(Error::internal)?;
        let files = LocalFileSystem::new_with_prefix(&self.folder).map_err(Error::internal)?;
        Ok(self.files.get_or_init(|| Arc::new(files)))
    }

    /// The content of a product's picture; `None` when there is no such file.
    pub(crate) async fn read(&self, file: &str) -> Result<Option<Bytes>> {
        let Some(path) = path(PRODUCTS, file) else {
            return Ok(None);
        };
        let found = match self.files()?.get(&path).await {
            Ok(found) => found,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(Error::internal(error)),
        };
        found.bytes().await.map(Some).map_err(Error::internal)
    }

    /// Whether there is such a file below a folder of the media folder.
    pub(crate) async fn exists(&self, folder: &str, file: &str) -> Result<bool> {
        let Some(path) = path(folder, file) else {
            return Ok(false);
        };
        match self.files()?.head(&path).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(Error::internal(error)),
        }
    }

    /// Writes a new file below a folder of the media folder and returns the name that it got: the wanted one, or
    /// one with a number where that is taken. A file that is there is never replaced.
    async fn create(&self, folder: &str, wanted: &str, content: &Bytes) -> Result<String> {
        let (stem, extension) = match wanted.rsplit_once('.') {
            Some((stem, extension)) => (stem, format!(".{extension}")),
            None => (wanted, String::new()),
        };
        for number in 0..NAMES {
            let file = match number {
                0 => wanted.to_owned(),
                _ => format!("{stem}_{number}{extension}"),
            };
            let path = path(folder, &file).ok_or_else(|| Error::invalid("The product can't be saved."))?;
            let mode = PutOptions::from(PutMode::Create);
            match self.files()?.put_opts(&path, content.clone().into(), mode).await {
                Ok(_) => return Ok(file),
                Err(object_store::Error::AlreadyExists { .. }) => {}
                Err(error) => return Err(Error::internal(error)),
            }
        }
        Err(Error::invalid("The product can't be saved."))
    }

    async fn remove(&self, folder: &str, file: &str) {
        let (Some(path), Ok(files)) = (path(folder, file), self.files()) else {
            return;
        };
        match files.delete(&path).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
            Err(error) => tracing::warn!(%error, file, "could not remove a file"),
        }
    }
}

/// The place of a file; `None` for names that would lead out of the folder.
fn path(folder: &str, file: &str) -> Option<Path> {
    Path::parse(format!("{folder}/{}", file.trim_start_matches('/'))).ok()
}

/// A folder, and the file below it.
type Place = (&'static str, String);

/// The files that one call makes and removes. What it made goes again unless the call is committed; what it
/// removes goes when it is.
pub(crate) struct Changes {
    store: Arc<MediaStore>,
    committed: AtomicBool,
    created: Mutex<Vec<Place>>,
    removed: Mutex<Vec<Place>>,
}

impl Changes {
    /// Begins for a call.
    pub(crate) fn begin(cx: &mut Cx<'_>) -> Result<Arc<Self>> {
        let changes = Arc::new(Self {
            store: cx.service::<Arc<MediaStore>>()?.clone(),
            committed: AtomicBool::new(false),
            created: Mutex::default(),
            removed: Mutex::default(),
        });
        cx.after_commit(changes.clone());
        Ok(changes)
    }

    /// Writes a new picture; see [`MediaStore::create`].
    pub(crate) async fn create(&self, wanted: &str, content: &Bytes) -> Result<String> {
        self.create_in(PRODUCTS, wanted, content).await
    }

    /// Writes a new file below a folder; see [`MediaStore::create`].
    pub(crate) async fn create_in(
        &self,
        folder: &'static str,
        wanted: &str,
        content: &Bytes,
    ) -> Result<String> {
        let file = self.store.create(folder, wanted, content).await?;
        push(&self.created, (folder, file.clone()));
        Ok(file)
    }

    /// Removes a picture, once the call is committed.
    pub(crate) fn remove(&self, file: String) {
        push(&self.removed, (PRODUCTS, file));
    }
}

fn push(list: &Mutex<Vec<Place>>, file: Place) {
    if let Ok(mut list) = list.lock() {
        list.push(file);
    }
}

fn take(list: &Mutex<Vec<Place>>) -> Vec<Place> {
    list.lock()
        .map(|mut list| std::mem::take(&mut *list))
        .unwrap_or_default()
}

impl Refresh for Changes {
    fn name(&self) -> &'static str {
        "media files"
    }

    fn refresh(&self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            self.committed.store(true, Ordering::Release);
            for (folder, file) in take(&self.removed) {
                self.store.remove(folder, &file).await;
            }
            Ok(())
        })
    }
}

impl Drop for Changes {
    fn drop(&mut self) {
        let created = take(&self.created);
        if self.committed.load(Ordering::Acquire) || created.is_empty() {
            return;
        }
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            return;
        };
        let store = self.store.clone();
        runtime.spawn(async move {
            for (folder, file) in created {
                store.remove(folder, &file).await;
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_taken_name_gets_a_number_and_nothing_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let store = MediaStore::new(folder.path().join("pub/media"));
        let first = store
            .create(PRODUCTS, "/f/r/front.png", &Bytes::from_static(b"1"))
            .await
            .unwrap();
        let second = store
            .create(PRODUCTS, "/f/r/front.png", &Bytes::from_static(b"2"))
            .await
            .unwrap();
        assert_eq!(
            (first.as_str(), second.as_str()),
            ("/f/r/front.png", "/f/r/front_1.png")
        );
        assert_eq!(store.read(&first).await.unwrap().unwrap(), "1");
        store.remove(PRODUCTS, &first).await;
        assert_eq!(store.read(&first).await.unwrap(), None);
    }

    #[tokio::test]
    async fn no_name_leads_out_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("secret"), "x").unwrap();
        let store = MediaStore::new(folder.path().join("media"));
        for file in ["/../../../secret", "../../../secret", "/a/../../../../secret"] {
            assert_eq!(store.read(file).await.unwrap(), None, "{file}");
            assert!(
                store
                    .create(PRODUCTS, file, &Bytes::from_static(b"1"))
                    .await
                    .is_err(),
                "{file}"
            );
        }
        assert_eq!(
            std::fs::read_to_string(folder.path().join("secret")).unwrap(),
            "x"
        );
    }
}
