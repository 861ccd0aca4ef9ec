//! What a service asks to be sent.

use contract::StoreScope;

/// Which text is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    /// An account was made, with a password.
    Welcome,
    /// An account was made without a password; the link sets one.
    WelcomeWithoutPassword,
    /// An account was made and has to be confirmed by the link.
    Confirm,
    /// The account is confirmed.
    Confirmed,
    /// Somebody asked for a new password; the link sets one.
    Reset,
    /// As [`Template::Reset`], in the words of a reminder.
    Reminder,
    /// The password was changed.
    PasswordChanged,
    /// The e-mail address was changed; goes to the old one and to the new one.
    EmailChanged,
    /// An administrator has to configure a second factor; the link and the token do that.
    SecondFactor,
}

impl Template {
    /// All of them.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 9] = [
        Self::Welcome,
        Self::WelcomeWithoutPassword,
        Self::Confirm,
        Self::Confirmed,
        Self::Reset,
        Self::Reminder,
        Self::PasswordChanged,
        Self::EmailChanged,
        Self::SecondFactor,
    ];

    /// Its name, for the log.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Welcome => "welcome",
            Self::WelcomeWithoutPassword => "welcome_without_password",
            Self::Confirm => "confirm",
            Self::Confirmed => "confirmed",
            Self::Reset => "reset",
            Self::Reminder => "reminder",
            Self::PasswordChanged => "password_changed",
            Self::EmailChanged => "email_changed",
            Self::SecondFactor => "second_factor",
        }
    }
}

/// The name and address that a mail comes from: `trans_email/ident_*`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity(pub String);

/// Who a mail is for.
#[derive(Clone)]
pub struct Person {
    /// Full name.
    pub name: String,
    /// E-mail address.
    pub email: String,
}

/// A mail to be written.
pub struct Letter {
    /// The text.
    pub template: Template,
    /// Who it is for.
    pub to: Person,
    /// Who it comes from.
    pub from: Identity,
    /// The store view whose configuration and name count.
    pub scope: StoreScope,
    /// Name of the store in the text.
    pub store: String,
    /// Where the text leads; empty for nowhere.
    pub link: String,
    /// The key or token of the link by itself, for clients without Magento's storefront; empty for none.
    pub code: String,
    /// For how many hours the link works; 0 for no limit.
    pub hours: i64,
}
