using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Platform.Identity;

/// <summary>
/// Makes accounts inside a job's own unit of work, so that the account, what it belongs to and the link that opened it
/// are saved together or not at all.
/// </summary>
public sealed class NewAccounts(IOptions<PasswordHasherOptions> options)
{
    private readonly PasswordHasher<Account> _hasher = new(options);

    /// <summary>Takes a while on purpose: done before the write lock is taken.</summary>
    public string HashOf(string password) => _hasher.HashPassword(new Account(), password);

    /// <summary>A way to sign in for a volunteer; to be added by the caller.</summary>
    public static Account For(Volunteer who, string passwordHash) => new()
    {
        Id = Guid.CreateVersion7(),
        VolunteerId = who.Id,
        UserName = who.Number,
        NormalizedUserName = who.Number.ToUpperInvariant(),
        PasswordHash = passwordHash,
        SecurityStamp = SecretToken.New().Token,
        LockoutEnabled = true,
    };
}
