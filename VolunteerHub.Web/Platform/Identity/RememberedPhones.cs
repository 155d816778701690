using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Platform.Identity;

/// <summary>The cookie by which a phone is known again at the door. It opens check-in, own invitations and signing up, nothing else.</summary>
public sealed class RememberedPhones(IDbContextFactory<HubDbContext> contexts, IConfiguration configuration, TimeProvider clock)
{
    /// <summary>For so long a phone is believed without looking it up again: a revocation reaches every door within it.</summary>
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(30);

    private const int MostBelieved = 10_000;

    private readonly ConcurrentDictionary<string, (VolunteerId Owner, DateTimeOffset Until)> _believed = new();

    private readonly bool _secure = PublicAddress.IsSecure(configuration);

    private string CookieName => PublicAddress.CookieName("phone", _secure);

    /// <summary>Who this phone belongs to, if it was told and still counts.</summary>
    public async Task<Actor?> ActorOfAsync(HttpContext http)
    {
        if (!http.Request.Cookies.TryGetValue(CookieName, out var token) || string.IsNullOrEmpty(token)) return null;
        var (hash, now) = (SecretToken.HashOf(token), clock.GetUtcNow());
        if (_believed.TryGetValue(hash, out var known) && now < known.Until) return new Actor(known.Owner, null, Via.RememberedPhone);
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        var owner = await Owners(db, hash, now).FirstOrDefaultAsync(http.RequestAborted);
        if (owner == default) return null;
        if (_believed.Count >= MostBelieved) _believed.Clear();
        _believed[hash] = (owner, now + Believed);
        return new Actor(owner, null, Via.RememberedPhone);
    }

    /// <summary>The hash of the token that this phone is remembered by; null where it has none.</summary>
    public string? HashOf(HttpContext http) =>
        http.Request.Cookies.TryGetValue(CookieName, out var token) && !string.IsNullOrEmpty(token) ? SecretToken.HashOf(token) : null;

    /// <summary>Remembers that this phone belongs to <paramref name="volunteer"/>.</summary>
    public async Task RememberAsync(HttpContext http, VolunteerId volunteer)
    {
        var (token, hash) = SecretToken.New();
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        db.Actor = new Actor(volunteer, null, Via.Pin);
        // A phone that is told again is one phone, not two.
        if (http.Request.Cookies.TryGetValue(CookieName, out var before) && !string.IsNullOrEmpty(before))
        {
            var old = SecretToken.HashOf(before);
            _believed.TryRemove(old, out _);
            db.RememberedPhones.RemoveRange(await db.RememberedPhones.Where(p => p.TokenHash == old).ToListAsync(http.RequestAborted));
        }

        db.RememberedPhones.Add(new RememberedPhone(volunteer, hash, clock.GetUtcNow()));
        await db.SaveChangesAsync(http.RequestAborted);
        http.Response.Cookies.Append(CookieName, token, Options(clock.GetUtcNow() + RememberedPhone.Life));
    }

    /// <summary>Forgets whom this phone belongs to.</summary>
    public async Task ForgetAsync(HttpContext http)
    {
        if (!http.Request.Cookies.TryGetValue(CookieName, out var token) || string.IsNullOrEmpty(token)) return;
        var hash = SecretToken.HashOf(token);
        _believed.TryRemove(hash, out _);
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        if (await db.RememberedPhones.FirstOrDefaultAsync(p => p.TokenHash == hash, http.RequestAborted) is { } phone)
        {
            db.Actor = new Actor(phone.VolunteerId, null, Via.RememberedPhone);
            db.RememberedPhones.Remove(phone);
            await db.SaveChangesAsync(http.RequestAborted);
        }

        http.Response.Cookies.Delete(CookieName, Options(null));
    }

    private static IQueryable<VolunteerId> Owners(HubDbContext db, string hash, DateTimeOffset now) =>
        from phone in db.RememberedPhones
        join volunteer in db.Volunteers on phone.VolunteerId equals volunteer.Id
        where phone.TokenHash == hash && phone.ExpiresAt > now && volunteer.Status == VolunteerStatus.Active
        select phone.VolunteerId;

    private CookieOptions Options(DateTimeOffset? expires) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = _secure,
        Path = "/",
        IsEssential = true,
        Expires = expires,
    };
}
