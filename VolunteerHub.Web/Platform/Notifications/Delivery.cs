namespace VolunteerHub.Web.Platform.Notifications;

/// <summary>Why something could not be sent, as far as a person needs to know; never what a server said, which may hold data.</summary>
public enum DeliveryFailure
{
    /// <summary>Nothing went wrong.</summary>
    None,

    /// <summary>No mail is sent: the server is not set up, or switched off.</summary>
    MailOff,

    /// <summary>The mail server cannot be reached.</summary>
    MailUnreachable,

    /// <summary>The connection to the mail server could not be kept from others' eyes.</summary>
    MailNotSecure,

    /// <summary>The mail server does not take the name and password.</summary>
    MailSignIn,

    /// <summary>The mail server does not take this address.</summary>
    MailAddress,

    /// <summary>The mail server did not take the mail.</summary>
    MailRefused,

    /// <summary>The robot cannot be reached.</summary>
    RobotUnreachable,

    /// <summary>The robot is not there any more, or does not take the address.</summary>
    RobotRefused,

    /// <summary>The robot was asked too often.</summary>
    RobotTooOften,

    /// <summary>Something else, which the log tells of.</summary>
    Unexpected,
}
