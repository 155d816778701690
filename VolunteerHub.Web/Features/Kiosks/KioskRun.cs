using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Kiosks;

/// <summary>
/// What a tablet needs of its run, and nothing else: names, posts, who is here. Cards are told by a keyed hash, so that a scanned code can be
/// matched without network and no code can be read from the device.
/// </summary>
public sealed class KioskRun(Hub hub)
{
    private const int SaltBytes = 16;

    public async Task<Outcome<KioskRunAnswer>> LoadAsync(string? token, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(Actor.System, ct);
        if (await read.KioskAsync(token, ct) is not { } door) return new DeviceUnknown();
        if (!door.InService) return new DeviceRevoked();
        var (run, policy) = (door.Run, read.Community.CheckIn);
        var site = await read.Db.Sites.Where(s => s.Id == run.SiteId).Select(s => s.Name).SingleAsync(ct);
        var closes = run.EndsAt + policy.ClosesAfter;
        var facts = new KioskRunFacts(
            run.Id.Value, run.Title, site, run.StartsAt, run.EndsAt, run.StartsAt - policy.OpensBefore, closes, run.Status == RunStatus.Cancelled || read.Now >= closes);
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var people = facts.Closed || !run.IsAnnounced ? [] : await PeopleAsync(read, run, salt, ct);
        return new KioskRunAnswer(door.Kiosk.Name, facts, read.Now, read.Community.ZoneId, Base64Url.EncodeToString(salt), people);
    }

    private static async Task<IReadOnlyList<KioskPerson>> PeopleAsync(HubTransaction read, ServiceRun run, byte[] salt, CancellationToken ct)
    {
        var seats = run.Assignments.Where(a => a.IsPublished).GroupBy(a => a.VolunteerId).ToDictionary(g => g.Key, g => g.OrderBy(a => a.Start).ToList());
        var attendances = await read.Db.Attendances.Include(a => a.Intervals).Where(a => a.RunId == run.Id).ToDictionaryAsync(a => a.VolunteerId, ct);
        var ids = seats.Keys.Concat(attendances.Values.Where(a => a.HasArrived).Select(a => a.VolunteerId)).Distinct().ToList();
        var people = await read.Db.Volunteers.Where(v => ids.Contains(v.Id)).ToListAsync(ct);
        var shared = people.GroupBy(p => p.Name).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet();
        return [.. people.OrderBy(p => p.Initials, StringComparer.Ordinal).ThenBy(p => p.Name, StringComparer.Ordinal).Select(Person)];

        KioskPerson Person(Volunteer who)
        {
            var mine = seats.GetValueOrDefault(who.Id, []);
            // Someone on two shifts is shown at the one that is running or comes next.
            var slot = mine.Count == 0 ? new TimeSlot(run.StartsAt, run.EndsAt) : (mine.Find(a => a.End > read.Now) ?? mine[^1]).Slot;
            var attendance = attendances.GetValueOrDefault(who.Id);
            var state = attendance?.Open is not null ? KioskPresence.Present : attendance?.HasArrived == true ? KioskPresence.Left : KioskPresence.Expected;
            return new KioskPerson(
                who.Id.Value, who.Name, shared.Contains(who.Name) ? who.Number : null, who.Initials.Length == 0 ? "" : who.Initials[..1],
                string.Join(' ', mine.Select(a => run.Find(a.PostId)?.Post.Name).Distinct()), slot.Start, slot.End, state,
                who.PersonalCodeHash is { } hash ? Base64Url.EncodeToString(HMACSHA256.HashData(salt, Encoding.ASCII.GetBytes(hash))) : null);
        }
    }
}
