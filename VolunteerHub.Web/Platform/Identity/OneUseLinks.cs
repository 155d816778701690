using Microsoft.EntityFrameworkCore;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Platform.Identity;

/// <summary>What a one-use link opens.</summary>
public enum LinkUse
{
    /// <summary>The first coordinator's set-up of an empty installation.</summary>
    SetUp,

    /// <summary>Somebody whom a leader invites joins a team.</summary>
    Join,

    /// <summary>A volunteer whose record is there chooses a password for the first time.</summary>
    Welcome,

    /// <summary>A volunteer chooses a new password; all sessions end.</summary>
    Reset,
}

/// <summary>A link that works once: random, stored hashed, expiring, revocable. Looking at its page does not use it.</summary>
public sealed class OneUseLink
{
    private OneUseLink() { }

    public OneUseLink(LinkUse use, string tokenHash, VolunteerId? madeBy, DateTimeOffset now, DateTimeOffset expiresAt, VolunteerId? volunteer = null, TeamId? team = null) =>
        (Id, Use, TokenHash, MadeBy, MadeAt, ExpiresAt, VolunteerId, TeamId) = (Guid.CreateVersion7(), use, tokenHash, madeBy, now, expiresAt, volunteer, team);

    public Guid Id { get; private set; }

    public LinkUse Use { get; private set; }

    public string TokenHash { get; private set; } = "";

    /// <summary>Who made it; null for the installation itself.</summary>
    public VolunteerId? MadeBy { get; private set; }

    public DateTimeOffset MadeAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>For whom, where it is for one person.</summary>
    public VolunteerId? VolunteerId { get; private set; }

    /// <summary>The team that invites.</summary>
    public TeamId? TeamId { get; private set; }

    /// <summary>When it was used; null while it was not.</summary>
    public DateTimeOffset? UsedAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public bool WorksAt(DateTimeOffset now) => UsedAt is null && RevokedAt is null && now < ExpiresAt;

    public void Spend(DateTimeOffset now) => UsedAt = now;

    public void Revoke(DateTimeOffset now) => RevokedAt ??= now;
}

/// <summary>The link was used, taken back, or its time is over; one answer for all of these.</summary>
public sealed record LinkOver : Refusal;

/// <summary>Makes and finds one-use links inside a unit of work.</summary>
internal static class OneUseLinks
{
    /// <summary>Adds a link; earlier ones of the same use for the same person stop working.</summary>
    /// <returns>The token: shown once, never stored.</returns>
    public static async Task<string> NewLinkAsync(this HubTransaction work, LinkUse use, TimeSpan life, VolunteerId? volunteer, TeamId? team, CancellationToken ct)
    {
        if (use == LinkUse.SetUp || volunteer is not null)
            foreach (var older in await work.Db.OneUseLinks.Where(l => l.Use == use && l.VolunteerId == volunteer && l.UsedAt == null && l.RevokedAt == null).ToListAsync(ct)) older.Revoke(work.Now);
        var (token, hash) = SecretToken.New();
        work.Db.OneUseLinks.Add(new OneUseLink(use, hash, work.Actor.Via == Via.System ? null : work.Actor.Id, work.Now, work.Now + life, volunteer, team));
        return token;
    }

    /// <summary>The link of a token, where it works now and is for one of these uses.</summary>
    public static async Task<OneUseLink?> LinkAsync(this HubTransaction read, string? token, CancellationToken ct, params LinkUse[] uses)
    {
        if (string.IsNullOrEmpty(token)) return null;
        var hash = SecretToken.HashOf(token);
        var link = await read.Db.OneUseLinks.FirstOrDefaultAsync(l => l.TokenHash == hash, ct);
        return link is not null && uses.Contains(link.Use) && link.WorksAt(read.Now) ? link : null;
    }
}
