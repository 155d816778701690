using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Security;

namespace VolunteerHub.Web.Features.Hours;

/// <summary>Hours that hang out: everybody may read them, so names are masked (民政部令第67号 §16).</summary>
/// <param name="IsObjectedTo">Whether somebody objected and it is not settled.</param>
public sealed record PublicHour(HourEntryId Id, string Name, string Team, string Run, DateOnly Day, TimeSpan Credited, bool IsCorrection, bool IsFilledIn, DateOnly From, DateOnly Until, bool IsObjectedTo);

public sealed record PublicHoursView(IReadOnlyList<PublicHour> Hours);

/// <summary>公示: what is in publicity now.</summary>
public sealed class PublicHours(Hub hub)
{
    /// <summary>A page that anybody may ask for stays of a size that can be sent.</summary>
    private const int Most = 1000;

    public async Task<Outcome<PublicHoursView>> LoadAsync(CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(Actor.System, ct);
        var rows = await (from h in read.Db.HourEntries
                          join r in read.Db.Runs on h.RunId equals r.Id
                          join t in read.Db.Teams on r.HostTeamId equals t.Id
                          join v in read.Db.Volunteers on h.VolunteerId equals v.Id
                          where h.Status == HourStatus.InPublicity
                          orderby h.PublicUntil, t.Order, r.StartsAt, v.Number
                          select new
                          {
                              h.Id, v.Name, Team = t.Name, r.Title, r.StartsAt, h.CreditedSeconds, h.Corrects, h.EnteredBy, h.PublicFrom, h.PublicUntil,
                              Objected = read.Db.HourObjections.Any(o => o.HourEntryId == h.Id && o.SettledAt == null),
                          }).Take(Most).ToListAsync(ct);
        return new PublicHoursView([.. rows.Select(h => new PublicHour(
            h.Id, MaskedName.Of(h.Name), h.Team, h.Title, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(h.StartsAt, read.Zone).DateTime), TimeSpan.FromSeconds(h.CreditedSeconds),
            h.Corrects is not null, h.Corrects is null && h.EnteredBy is not null, h.PublicFrom!.Value, h.PublicUntil!.Value, h.Objected))]);
    }
}

/// <summary>Too many objections came from this address within the hour.</summary>
public sealed record TooManyObjections : Refusal;

/// <summary>So many words of so many people are kept against one entry; the coordinator reads those first.</summary>
public sealed record EnoughObjections : Refusal;

/// <summary>How many objections one address may send. Setting <c>VolunteerHub:ObjectionsPerHour</c>.</summary>
public sealed class ObjectionTries(IConfiguration configuration) : HourlyTries(configuration, "VolunteerHub:ObjectionsPerHour", 10)
{
    /// <summary>Counts an objection; null where it may be sent.</summary>
    public TooManyObjections? Count(HttpContext http) => MaySend(http) ? null : new TooManyObjections();
}

/// <summary>Anybody objects to hours that hang out; until the coordinator settles it they do not become final.</summary>
public sealed class ObjectToHours(Hub hub)
{
    /// <summary>More than this of one entry say nothing new.</summary>
    private const int MostOpen = 5;

    public async Task<Outcome> RunAsync(HourEntryId id, string? words, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(Actor.System, ct);
        if (string.IsNullOrWhiteSpace(words)) return new WordsMissing();
        if (words.Trim().Length > HourEntry.MostLetters) return new WordsTooLong(HourEntry.MostLetters);
        if (await work.Db.HourEntries.FirstOrDefaultAsync(h => h.Id == id, ct) is not { Status: HourStatus.InPublicity } entry) return new HourEntryNotFound();
        if (await work.Db.HourObjections.CountAsync(o => o.HourEntryId == id && o.SettledAt == null, ct) >= MostOpen) return new EnoughObjections();
        work.Db.HourObjections.Add(new HourObjection(id, words.Trim(), work.Now));
        return await work.SaveAsync(entry.RunId, ct);
    }
}
