using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters.GroupLists;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Rosters.GroupLists;

/// <summary>Who may be in a list: members of the teams that fill its posts, people lent to its runs, and guests.</summary>
internal static class GroupPeople
{
    /// <summary>Posts of runs on which the actor may put people, while they can be planned.</summary>
    public static List<GroupPlace> PlacesOf(this HubTransaction work, IEnumerable<ServiceRun> runs) =>
    [
        .. from run in runs
           where run.NoLongerPlanned(work.Now) is null
           from seat in run.Posts
           where work.Authority.MayStaff(run, seat.Post) && seat.Shift.Slot.End > work.Now
           let clock = seat.Shift.Slot.On(work.Zone)
           select new GroupPlace(
               run.Id, seat.Post.Id, run.Title, DateOnly.FromDateTime(clock.Start), TimeOnly.FromDateTime(clock.Start), TimeOnly.FromDateTime(clock.End),
               seat.Post.Name, seat.Post.Qualification, Math.Max(0, seat.Post.Max - run.Heads(seat.Post))),
    ];

    public static async Task<List<GroupPerson>> PeopleForAsync(this HubTransaction work, IReadOnlyList<ServiceRun> runs, CancellationToken ct)
    {
        var teams = runs.SelectMany(r => r.Posts.Where(p => work.Authority.MayStaff(r, p.Post)).Select(p => r.TeamFor(p.Post))).Distinct().ToList();
        var days = runs.SelectMany(r => r.Shifts.Select(s => s.Slot.DayIn(work.Zone))).ToList();
        if (teams.Count == 0) return [];
        var (first, last) = (days.Min(), days.Max());
        var ids = runs.Select(r => r.Id).ToList();
        var members = await work.Db.Memberships.Where(m => teams.Contains(m.TeamId) && m.Since <= last && (m.Until == null || first < m.Until)).Select(m => m.VolunteerId).Distinct().ToListAsync(ct);
        var lent = work.Db.Lendings.Where(l => ids.Contains(l.RunId) && teams.Contains(l.BorrowerTeamId) && l.Status == LendingStatus.Granted).Select(l => l.VolunteerId);
        var found = await work.InUse().Where(v => v.Kind == VolunteerKind.Guest || members.Contains(v.Id) || lent.Contains(v.Id)).Include(v => v.Qualifications).AsNoTracking().AsSplitQuery().ToListAsync(ct);
        var own = members.ToHashSet();
        return found.ConvertAll(v => Person(v, own.Contains(v.Id)));
    }

    /// <summary>People whom a list names by number and whole name: who knows both knows the person, whatever the team.</summary>
    public static async Task<List<GroupPerson>> NumberedAsync(this HubTransaction work, IReadOnlyList<GroupLine> lines, IReadOnlyList<GroupPerson> known, CancellationToken ct)
    {
        var wanted = lines.SelectMany(l => l.Entries).Where(e => e.Number is not null && !known.Any(k => k.Number == e.Number)).ToList();
        if (wanted.Count == 0) return [];
        var numbers = wanted.Select(e => e.Number).ToList();
        var found = await work.InUse().Where(v => numbers.Contains(v.Number) && v.Kind == VolunteerKind.Member).Include(v => v.Qualifications).AsNoTracking().ToListAsync(ct);
        return found.FindAll(v => wanted.Exists(e => e.Number == v.Number && e.Name == v.Name)).ConvertAll(v => Person(v, false));
    }

    /// <summary>Whose phone ends on digits that a list has; only of people whose record the actor may read.</summary>
    public static async Task<ILookup<string, VolunteerId>> TailsAsync(
        this HubTransaction work, PhoneProtector phones, IReadOnlyList<GroupLine> lines, IReadOnlyList<GroupPerson> people, CancellationToken ct)
    {
        var tails = lines.SelectMany(l => l.Entries).Select(e => e.PhoneTail).OfType<string>().Distinct().ToDictionary(t => phones.TailIndex(t));
        if (tails.Count == 0) return Array.Empty<VolunteerId>().ToLookup(_ => "");
        var readable = people.Where(p => p.IsMember || work.Authority.ReadsAll).Select(p => p.Id).ToList();
        var indexes = tails.Keys.ToList();
        var found = await work.Db.Volunteers.Where(v => readable.Contains(v.Id) && v.Phone!.TailIndex != null && indexes.Contains(v.Phone.TailIndex)).Select(v => new { v.Id, v.Phone!.TailIndex }).ToListAsync(ct);
        return found.ToLookup(f => tails[f.TailIndex!], f => f.Id);
    }

    private static IQueryable<Volunteer> InUse(this HubTransaction work) =>
        work.Db.Volunteers.Where(v => v.Status != VolunteerStatus.Left && v.MergedInto == null && v.ErasedAt == null);

    private static GroupPerson Person(Volunteer who, bool isMember) => new(
        who.Id, who.Name, who.Number, who.Initials, [.. who.Qualifications.Select(q => q.Kind).Distinct()], who.Sex is { } sex ? sex == Sex.Female : null, isMember);
}
