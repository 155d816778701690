using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Account;

/// <summary>Number and password do not belong together, or the account is locked: one answer for all of these.</summary>
public sealed record SignInFailed : Refusal;

/// <summary>
/// Signs in by phone number or 志愿者编号 and password. Five wrong passwords lock the account for a quarter of an hour;
/// the answer, and the time it takes, do not tell whether the number is known.
/// </summary>
public sealed class SignInVolunteer(Hub hub, PhoneProtector phones, PasswordTries tries, Sessions sessions)
{
    /// <param name="session">Of the request that asks; it writes the cookie.</param>
    /// <param name="login">Phone number or 志愿者编号, as typed.</param>
    /// <param name="password">As typed.</param>
    /// <param name="ct">Cancels before the password is tried.</param>
    /// <returns>Who signed in. Who pauses may: they see their record, and come back by themselves.</returns>
    public async Task<Outcome<VolunteerId>> RunAsync(SignInManager<Platform.Identity.Account> session, string? login, string? password, CancellationToken ct = default)
    {
        var found = await FindAsync(login, ct);
        if (!await tries.TryAsync(Actor.System, found?.Id, password, Sessions.Subject, ct)) return new SignInFailed();
        await sessions.BeginAsync(session, found!.Id, SessionWay.Password, ct);
        return found.VolunteerId;
    }

    private async Task<Platform.Identity.Account?> FindAsync(string? login, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(login)) return null;
        var number = login.Normalize(System.Text.NormalizationForm.FormKC).Trim();
        var index = PhoneNumberReader.Read(login) is { } e164 ? phones.WholeIndex(e164) : null;
        await using var read = await hub.ReadAsync(Actor.System, ct);
        return await (from a in read.Db.Users
                      join v in read.Db.Volunteers on a.VolunteerId equals v.Id
                      where v.Status != VolunteerStatus.Left && (v.Number == number || (index != null && v.Phone!.WholeIndex == index))
                      select a).FirstOrDefaultAsync(ct);
    }
}
