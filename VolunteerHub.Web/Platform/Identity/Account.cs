using Microsoft.AspNetCore.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Platform.Identity;

/// <summary>
/// A way to sign in for one volunteer. Its user name is the 志愿者编号, never a phone number: the number is
/// found through the volunteer.
/// </summary>
public sealed class Account : IdentityUser<Guid>
{
    /// <summary>Wrong passwords in a row that lock the account.</summary>
    public const int MostFailures = 5;

    /// <summary>For how long wrong passwords lock it.</summary>
    public static readonly TimeSpan FailureLock = TimeSpan.FromMinutes(15);

    /// <summary>Until when a coordinator's lock holds: until it is taken off.</summary>
    private static readonly DateTimeOffset ForEver = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public VolunteerId VolunteerId { get; set; }

    /// <summary>Whether it is locked, by wrong passwords or by a coordinator.</summary>
    public bool IsLockedAt(DateTimeOffset now) => LockoutEnd is { } end && now < end;

    /// <summary>Whether a coordinator locked it.</summary>
    public bool IsLockedByHand => LockoutEnd >= ForEver;

    /// <summary>Counts a wrong password; at the limit the account is locked for a while.</summary>
    public void CountFailure(DateTimeOffset now)
    {
        if (++AccessFailedCount < MostFailures) return;
        (AccessFailedCount, LockoutEnd) = (0, now + FailureLock);
    }

    /// <summary>Forgets wrong passwords, and the lock that they brought; a coordinator's lock stays.</summary>
    public void ForgetFailures()
    {
        AccessFailedCount = 0;
        if (!IsLockedByHand) LockoutEnd = null;
    }

    /// <summary>Locks the account until <see cref="Unlock"/>, and ends its sessions.</summary>
    public void Lock()
    {
        LockoutEnd = ForEver;
        EndSessions();
    }

    public void Unlock() => (LockoutEnd, AccessFailedCount) = (null, 0);

    /// <summary>Sets another password; all sessions end.</summary>
    public void ChangePassword(string passwordHash)
    {
        PasswordHash = passwordHash;
        EndSessions();
    }

    /// <summary>Every session that is open ends: at the next request, and within half a minute on an open screen.</summary>
    public void EndSessions() => (SecurityStamp, ConcurrencyStamp) = (SecretToken.New().Token, Guid.CreateVersion7().ToString());
}

/// <summary>The only two roles that are given; leading follows from memberships.</summary>
public static class Roles
{
    public const string Coordinator = nameof(Coordinator);
    public const string Auditor = nameof(Auditor);

    /// <summary>Both, in the order in which screens name them.</summary>
    public static readonly IReadOnlyList<string> All = [Coordinator, Auditor];
}
