//! What this crate asks of others.

use std::io::Write as _;
use std::path::PathBuf;

use contract::{BoxFuture, Cx};
use identity::KnownAdmin;

/// A mail could not be sent; the cause is in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the mail could not be sent")]
pub struct NotSent;

/// The mail with which a user configures a provider.
pub struct Invitation<'a> {
    /// To whom.
    pub user: &'a KnownAdmin,
    /// Where providers are configured.
    pub link: &'a str,
    /// The tfat, which the link has too.
    pub token: &'a str,
}

/// Sends the mail with the tfat.
pub trait ConfigurationMail: Send + Sync {
    /// Sends it, or puts it into a queue that the call's transaction commits.
    ///
    /// # Errors
    /// It was neither sent nor queued.
    fn send<'a>(&'a self, cx: &'a mut Cx<'_>, mail: Invitation<'a>) -> BoxFuture<'a, Result<(), NotSent>>;
}

/// Puts mails into a folder, one file each, which only the owner can read: what a tfat opens must not stand in a log.
pub struct MailFolder(pub PathBuf);

impl ConfigurationMail for MailFolder {
    fn send<'a>(&'a self, cx: &'a mut Cx<'_>, mail: Invitation<'a>) -> BoxFuture<'a, Result<(), NotSent>> {
        let mut random = [0; 8];
        cx.random(&mut random);
        let name = format!("{}-{:016x}.eml", cx.now().as_second(), u64::from_be_bytes(random));
        let date = cx.now().strftime("%a, %d %b %Y %H:%M:%S +0000").to_string();
        let written = self.write(&name, &text(&date, &mail));
        Box::pin(std::future::ready(written.map_err(|error| {
            tracing::error!(%error, folder = %self.0.display(), "cannot write a mail");
            NotSent
        })))
    }
}

impl MailFolder {
    fn write(&self, name: &str, text: &str) -> std::io::Result<()> {
        std::fs::create_dir_all(&self.0)?;
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(self.0.join(name))?.write_all(text.as_bytes())
    }
}

/// The mail as a message of RFC 5322. Names and addresses come from an administrator: line breaks are cut out.
fn text(date: &str, mail: &Invitation<'_>) -> String {
    let line = |text: &str| text.replace(['\r', '\n'], " ");
    format!(
        "Date: {date}\r\nTo: {}\r\nSubject: Configure two-factor authentication\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n\
         {} {},\r\n\r\nyour account needs a second factor before you can sign in. Configure it here, within an hour:\r\n\
         \r\n{}\r\n\r\nToken for the web API:\r\n\r\n{}\r\n",
        line(&mail.user.email),
        line(&mail.user.firstname),
        line(&mail.user.lastname),
        line(mail.link),
        mail.token
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_a_private_file_with_link_and_token() {
        let folder = tempfile::tempdir().unwrap();
        let user = KnownAdmin {
            id: 1,
            username: "a".to_owned(),
            email: "a@b.test\r\nBcc: c@d.test".to_owned(),
            firstname: "A".to_owned(),
            lastname: "B".to_owned(),
            is_active: true,
        };
        let mail = Invitation {
            user: &user,
            link: "https://shop.test/x",
            token: "TOKEN",
        };
        let text = text("now", &mail);
        assert!(text.contains("To: a@b.test  Bcc: c@d.test\r\nSubject"), "{text}");
        let box_ = MailFolder(folder.path().join("deep/er"));
        box_.write("1.eml", &text).unwrap();
        let file = folder.path().join("deep/er/1.eml");
        assert!(std::fs::read_to_string(&file).unwrap().contains("\r\nTOKEN\r\n"));
        assert!(box_.write("1.eml", "other").is_err(), "never over another");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
}
