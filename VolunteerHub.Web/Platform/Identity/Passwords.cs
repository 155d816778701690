using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace VolunteerHub.Web.Platform.Identity;

/// <summary>What was typed the second time is not what was typed the first time.</summary>
public sealed record PasswordsDiffer : Refusal;

/// <summary>Verifies passwords. It is slow on purpose, so it is done outside of units of work.</summary>
public sealed class Passwords(IOptions<PasswordHasherOptions> options)
{
    private readonly PasswordHasher<Account> _hasher = new(options);
    private string? _nobody;

    /// <param name="hash">Null where nobody has such an account: it takes as long.</param>
    /// <param name="password">As typed.</param>
    public PasswordVerificationResult Verify(string? hash, string? password)
    {
        _nobody ??= _hasher.HashPassword(new Account(), "nobody has this password");
        var verified = _hasher.VerifyHashedPassword(new Account(), hash ?? _nobody, password ?? "");
        return hash is null ? PasswordVerificationResult.Failed : verified;
    }
}
