using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Account;

/// <summary>The browser's answer does not fit the question, or came too late.</summary>
public sealed record PasskeyNotTaken : Refusal;

/// <summary>Nobody needs that many.</summary>
public sealed record TooManyPasskeys(int Most) : Refusal;

/// <summary>A passkey wants a short name by which its owner knows it.</summary>
public sealed record PasskeyNameInvalid(int Longest) : Refusal;

/// <summary>What browsers answer to the question that was kept for them. To one that was not asked there is no answer.</summary>
internal static class PasskeyAnswers
{
    public static Task<PasskeyAttestationResult?> AttestationAsync(this SignInManager<Platform.Identity.Account> session, string credential) =>
        AskedAsync(() => session.PerformPasskeyAttestationAsync(credential));

    public static Task<PasskeyAssertionResult<Platform.Identity.Account>?> AssertionAsync(this SignInManager<Platform.Identity.Account> session, string credential) =>
        AskedAsync(() => session.PerformPasskeyAssertionAsync(credential));

    private static async Task<T?> AskedAsync<T>(Func<Task<T>> answer) where T : class
    {
        try
        {
            return await answer();
        }
        catch (InvalidOperationException)
        {
            // So the framework says that this browser holds no question, or another one.
            return null;
        }
    }
}

/// <summary>Passkeys as they are stored, inside a unit of work.</summary>
internal static class PasskeyRecords
{
    public const int Most = 10;
    public const int LongestName = 30;

    private const string Subject = "IdentityUserPasskey";

    public static Task StoreAsync(this HubTransaction work, Platform.Identity.Account account, UserPasskeyInfo passkey, CancellationToken ct) =>
        new UserStore<Platform.Identity.Account, IdentityRole<Guid>, HubDbContext, Guid>(work.Db).AddOrUpdatePasskeyAsync(account, passkey, ct);

    /// <summary>The person's own passkey of that id.</summary>
    public static async Task<IdentityUserPasskey<Guid>?> OwnPasskeyAsync(this HubTransaction work, string? id, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(id) || !Base64Url.IsValid(id)) return null;
        var credential = Base64Url.DecodeFromChars(id);
        var found = await work.Db.UserPasskeys.FirstOrDefaultAsync(p => p.CredentialId == credential, ct);
        return found is not null && await work.Db.Users.AnyAsync(a => a.Id == found.UserId && a.VolunteerId == work.Actor.Id, ct) ? found : null;
    }

    public static void NotePasskey(this HubTransaction work, string action) => work.Note(action, Subject, "", about: work.Actor.Id);

    public static string? NameOf(string? typed) => typed?.Trim() is { Length: > 0 and <= LongestName } name ? name : null;
}

/// <summary>A signed-in person adds a passkey: the browser answered the question that this session was asked.</summary>
public sealed class AddPasskey(Hub hub)
{
    /// <param name="session">Of the request; it kept the question.</param>
    /// <param name="actor">Whose passkey it becomes.</param>
    /// <param name="name">By which the owner knows it.</param>
    /// <param name="credential">The browser's answer.</param>
    /// <param name="ct">Cancels before it is stored.</param>
    public async Task<Outcome> RunAsync(SignInManager<Platform.Identity.Account>? session, Actor actor, string? name, string? credential, CancellationToken ct = default)
    {
        if (await AllowedAsync(actor, ct) is { } refusal) return refusal;
        if (PasskeyRecords.NameOf(name) is not { } called) return new PasskeyNameInvalid(PasskeyRecords.LongestName);
        if (session is null || string.IsNullOrEmpty(credential)) return new PasskeyNotTaken();
        var attested = await session.AttestationAsync(credential);
        await using var work = await hub.BeginAsync(actor, ct);
        var account = await work.Db.Users.FirstOrDefaultAsync(a => a.VolunteerId == actor.Id, ct);
        if (account is null || attested is not { Succeeded: true } || attested.UserEntity.Id != account.Id.ToString()) return new PasskeyNotTaken();
        if (await work.Db.UserPasskeys.CountAsync(p => p.UserId == account.Id, ct) >= PasskeyRecords.Most) return new TooManyPasskeys(PasskeyRecords.Most);
        attested.Passkey.Name = called;
        await work.StoreAsync(account, attested.Passkey, ct);
        work.NotePasskey(nameof(EntityState.Added));
        return await work.SaveAsync(null, ct);
    }

    private async Task<Refusal?> AllowedAsync(Actor actor, CancellationToken ct)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        return actor.Via == Via.Session ? null : read.Denied(this);
    }
}

/// <summary>A person gives an own passkey another name.</summary>
public sealed class RenamePasskey(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, string? id, string? name, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (actor.Via != Via.Session) return work.Denied(this);
        if (PasskeyRecords.NameOf(name) is not { } called) return new PasskeyNameInvalid(PasskeyRecords.LongestName);
        if (await work.OwnPasskeyAsync(id, ct) is not { } passkey) return new RecordEntryNotFound();
        passkey.Data.Name = called;
        work.NotePasskey(nameof(EntityState.Modified));
        return await work.SaveAsync(null, ct);
    }
}

/// <summary>A person takes an own passkey away: it opens nothing any more.</summary>
public sealed class RemovePasskey(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, string? id, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (actor.Via != Via.Session) return work.Denied(this);
        if (await work.OwnPasskeyAsync(id, ct) is not { } passkey) return new RecordEntryNotFound();
        work.Db.UserPasskeys.Remove(passkey);
        work.NotePasskey(nameof(EntityState.Deleted));
        return await work.SaveAsync(null, ct);
    }
}
