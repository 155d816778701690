using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;

namespace VolunteerHub.Web.Features.Audit;

/// <summary>What the ids in some lines of the audit stand for: people by masked name and number, teams, sites and runs by name.</summary>
internal sealed partial class AuditNames
{
    private readonly Dictionary<Guid, string> _people = [];
    private readonly Dictionary<Guid, string> _things = [];

    private AuditNames() { }

    /// <summary>The name behind an id; null where it is none that people know by a name.</summary>
    public string? Of(Guid id) => _people.GetValueOrDefault(id) ?? _things.GetValueOrDefault(id);

    /// <summary>A person, masked, with the number.</summary>
    public string? Person(Guid id) => _people.GetValueOrDefault(id);

    /// <summary>The name of what is no person.</summary>
    public string? Thing(Guid id) => _things.GetValueOrDefault(id);

    /// <summary>Looks up, with one query for each kind of thing, what the lines name.</summary>
    public static async Task<AuditNames> LoadAsync(HubDbContext db, IReadOnlyList<AuditLine> lines, CancellationToken ct)
    {
        var names = new AuditNames();
        var ids = lines.SelectMany(l => GuidIn().Matches(l.Changes).Concat(GuidIn().Matches(l.SubjectId)).Select(m => Guid.Parse(m.ValueSpan)).Append(l.ActorId).Append(l.About ?? default)).ToHashSet();
        ids.Remove(default);
        var people = ids.Select(id => new VolunteerId(id)).ToList();
        foreach (var who in await db.Volunteers.AsNoTracking().Where(v => people.Contains(v.Id)).Select(v => new { v.Id, v.Name, v.Number }).ToListAsync(ct))
            names._people[who.Id.Value] = $"{MaskedName.Of(who.Name)} {who.Number}";
        foreach (var team in await db.Teams.AsNoTracking().Select(t => new { t.Id, t.Name }).ToListAsync(ct)) names._things[team.Id.Value] = team.Name;
        foreach (var site in await db.Sites.AsNoTracking().Select(s => new { s.Id, s.Name }).ToListAsync(ct)) names._things[site.Id.Value] = site.Name;
        foreach (var partner in await db.Partners.AsNoTracking().Select(p => new { p.Id, p.Name }).ToListAsync(ct)) names._things[partner.Id.Value] = partner.Name;
        var runs = ids.Select(id => new RunId(id)).ToList();
        foreach (var run in await db.Runs.AsNoTracking().Where(r => runs.Contains(r.Id)).Select(r => new { r.Id, r.Title }).ToListAsync(ct)) names._things[run.Id.Value] = run.Title;
        var requests = ids.Select(id => new RequestId(id)).ToList();
        foreach (var request in await db.Requests.AsNoTracking().Where(r => requests.Contains(r.Id)).Select(r => new { r.Id, r.Number }).ToListAsync(ct)) names._things[request.Id.Value] = request.Number;
        await names.AddPartsAsync(db, lines, ct);
        return names;
    }

    /// <summary>What is only a part of something is called by what it belongs to: a seat by its run, a membership by its team.</summary>
    private async Task AddPartsAsync(HubDbContext db, IReadOnlyList<AuditLine> lines, CancellationToken ct)
    {
        var seats = Ids(nameof(Assignment)).ConvertAll(id => new AssignmentId(id));
        if (seats.Count > 0) Add(await (from a in db.Assignments where seats.Contains(a.Id) join r in db.Runs on a.RunId equals r.Id select new { a.Id, r.Title }).ToListAsync(ct), a => (a.Id.Value, a.Title));
        var attendances = Ids(nameof(Attendance)).ConvertAll(id => new AttendanceId(id));
        if (attendances.Count > 0) Add(await (from a in db.Attendances where attendances.Contains(a.Id) join r in db.Runs on a.RunId equals r.Id select new { a.Id, r.Title }).ToListAsync(ct), a => (a.Id.Value, a.Title));
        var hours = Ids(nameof(HourEntry)).ConvertAll(id => new HourEntryId(id));
        if (hours.Count > 0) Add(await (from h in db.HourEntries where hours.Contains(h.Id) join r in db.Runs on h.RunId equals r.Id select new { h.Id, r.Title }).ToListAsync(ct), h => (h.Id.Value, h.Title));
        var lendings = Ids(nameof(Lending)).ConvertAll(id => new LendingId(id));
        if (lendings.Count > 0) Add(await (from l in db.Lendings where lendings.Contains(l.Id) join r in db.Runs on l.RunId equals r.Id select new { l.Id, r.Title }).ToListAsync(ct), l => (l.Id.Value, l.Title));
        var memberships = Ids(nameof(Membership)).ConvertAll(id => new MembershipId(id));
        if (memberships.Count > 0) Add(await (from m in db.Memberships where memberships.Contains(m.Id) join t in db.Teams on m.TeamId equals t.Id select new { m.Id, t.Name }).ToListAsync(ct), m => (m.Id.Value, m.Name));

        // Also what a refused attempt was about is looked up so.
        List<Guid> Ids(string subject) => [.. lines.Where(l => l.Subject == subject || l.Action == AuditActions.Denied).Select(l => Guid.TryParse(l.SubjectId, out var id) ? id : default).Where(id => id != default).Distinct()];

        void Add<T>(List<T> found, Func<T, (Guid Id, string Name)> name)
        {
            foreach (var (id, text) in found.Select(name)) _things[id] = text;
        }
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex GuidIn();
}
