using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Live;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Platform.Identity;

/// <summary>
/// The cookie by which a phone is known again at the door. It opens check-in, own invitations and signing up, nothing else. Who was looked up once
/// is believed until the records of phones or of who serves change; then everybody is looked up anew.
/// </summary>
public sealed class RememberedPhones : IDisposable
{
    /// <summary>For so long a phone is believed where no job of this process changed its record: what another process revokes is heard of by then.</summary>
    private static readonly TimeSpan Believed = TimeSpan.FromMinutes(1);

    private const int MostBelieved = 10_000;

    private readonly IDbContextFactory<HubDbContext> _contexts;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, (Actor Owner, DateTimeOffset Until)> _believed = new();
    private readonly SemaphoreSlim _again = new(1);
    private readonly IDisposable _news;
    private readonly bool _secure;
    private readonly string _cookieName;
    private int _changes;

    public RememberedPhones(IDbContextFactory<HubDbContext> contexts, IConfiguration configuration, TimeProvider clock, LiveBus live)
    {
        (_contexts, _clock, _secure) = (contexts, clock, PublicAddress.IsSecure(configuration));
        _cookieName = PublicAddress.CookieName("phone", _secure);
        _news = live.Subscribe(news =>
        {
            if (news is PhonesTouched) Doubt(null);
        });
    }

    /// <summary>Who this phone belongs to, if it was told and still counts.</summary>
    public ValueTask<Actor?> ActorOfAsync(HttpContext http)
    {
        if (HashOf(http) is not { } hash) return ValueTask.FromResult<Actor?>(null);
        if (!_believed.TryGetValue(hash, out var known)) return LookUpAsync(hash, http.RequestAborted);
        return _clock.GetUtcNow() < known.Until ? ValueTask.FromResult<Actor?>(known.Owner) : LookUpAgainAsync(hash);
    }

    private async ValueTask<Actor?> LookUpAsync(string hash, CancellationToken ct) => (await LookUpAsync(new HashSet<string> { hash }, ct)).GetValueOrDefault(hash);

    /// <summary>A crowd's phones were looked up together and are old together: who comes first asks for all of them at once, the others wait for that.</summary>
    private async ValueTask<Actor?> LookUpAgainAsync(string hash)
    {
        await _again.WaitAsync();
        try
        {
            var now = _clock.GetUtcNow();
            if (_believed.TryGetValue(hash, out var known) && now < known.Until) return known.Owner;
            var old = _believed.Where(phone => phone.Value.Until <= now).Select(phone => phone.Key).Append(hash).ToHashSet();
            var found = await LookUpAsync(old, CancellationToken.None);
            foreach (var gone in old.Where(h => !found.ContainsKey(h))) _believed.TryRemove(gone, out _);
            return found.GetValueOrDefault(hash);
        }
        finally
        {
            _again.Release();
        }
    }

    private async Task<Dictionary<string, Actor>> LookUpAsync(IReadOnlySet<string> hashes, CancellationToken ct)
    {
        var (now, changes) = (_clock.GetUtcNow(), Volatile.Read(ref _changes));
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var found = await (from phone in db.RememberedPhones
                           join volunteer in db.Volunteers on phone.VolunteerId equals volunteer.Id
                           where EF.Parameter(hashes).Contains(phone.TokenHash) && phone.ExpiresAt > now && volunteer.Status == VolunteerStatus.Active
                           select new { phone.TokenHash, phone.VolunteerId, phone.ExpiresAt }).ToListAsync(ct);
        if (_believed.Count >= MostBelieved) _believed.Clear();
        var (owners, until) = (new Dictionary<string, Actor>(), now + Believed);
        foreach (var phone in found)
        {
            owners[phone.TokenHash] = new Actor(phone.VolunteerId, null, Via.RememberedPhone);
            // What changed while it was being looked up is not outlived by what was read before.
            if (changes == Volatile.Read(ref _changes)) _believed[phone.TokenHash] = (owners[phone.TokenHash], until < phone.ExpiresAt ? until : phone.ExpiresAt);
            if (changes != Volatile.Read(ref _changes)) _believed.TryRemove(phone.TokenHash, out _);
        }

        return owners;
    }

    /// <summary>The hash of the token that this phone is remembered by; null where it has none.</summary>
    public string? HashOf(HttpContext http) =>
        http.Request.Cookies.TryGetValue(_cookieName, out var token) && !string.IsNullOrEmpty(token) ? SecretToken.HashOf(token) : null;

    /// <summary>Remembers that this phone belongs to <paramref name="volunteer"/>.</summary>
    public async Task RememberAsync(HttpContext http, VolunteerId volunteer)
    {
        var (token, hash) = SecretToken.New();
        await using var db = await _contexts.CreateDbContextAsync(http.RequestAborted);
        db.Actor = new Actor(volunteer, null, Via.Pin);
        // A phone that is told again is one phone, not two.
        var old = HashOf(http);
        if (old is not null) db.RememberedPhones.RemoveRange(await db.RememberedPhones.Where(p => p.TokenHash == old).ToListAsync(http.RequestAborted));
        db.RememberedPhones.Add(new RememberedPhone(volunteer, hash, _clock.GetUtcNow()));
        await db.SaveChangesAsync(http.RequestAborted);
        if (old is not null) Doubt(old);
        http.Response.Cookies.Append(_cookieName, token, Options(_clock.GetUtcNow() + RememberedPhone.Life));
    }

    /// <summary>Forgets whom this phone belongs to.</summary>
    public async Task ForgetAsync(HttpContext http)
    {
        if (HashOf(http) is not { } hash) return;
        await using var db = await _contexts.CreateDbContextAsync(http.RequestAborted);
        if (await db.RememberedPhones.FirstOrDefaultAsync(p => p.TokenHash == hash, http.RequestAborted) is { } phone)
        {
            db.Actor = new Actor(phone.VolunteerId, null, Via.RememberedPhone);
            db.RememberedPhones.Remove(phone);
            await db.SaveChangesAsync(http.RequestAborted);
            Doubt(hash);
        }

        http.Response.Cookies.Delete(_cookieName, Options(null));
    }

    public void Dispose()
    {
        _news.Dispose();
        _again.Dispose();
    }

    /// <summary>Has a phone, or all, looked up anew.</summary>
    private void Doubt(string? hash)
    {
        Interlocked.Increment(ref _changes);
        if (hash is null) _believed.Clear();
        else _believed.TryRemove(hash, out _);
    }

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
