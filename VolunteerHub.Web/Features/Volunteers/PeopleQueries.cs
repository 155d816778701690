using System.Linq.Expressions;
using System.Text;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Data.Configurations;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Features.Volunteers;

/// <summary>One thing that is asked of people, in the two ways in which a database can answer it.</summary>
/// <param name="Holds">As a test of each person: good where many are meant, since a page of them is found soon.</param>
/// <param name="Ids">As the ids that an index finds, perhaps several times: good where few are meant.</param>
internal sealed record PeopleCondition(Expression<Func<Volunteer, bool>> Holds, IQueryable<VolunteerId> Ids);

/// <summary>People that match a filter and that the actor may read: the one place that says who that is.</summary>
internal static class PeopleQueries
{
    /// <summary>Sorts behind every character that a name may hold, those beyond the basic plane included.</summary>
    private const string LastOfAll = "\U0010FFFF";

    private static readonly VolunteerStatus[] AnyStatus = Enum.GetValues<VolunteerStatus>();

    /// <summary>Everybody who matches and may be read, in no order.</summary>
    public static IQueryable<Volunteer> Matching(HubTransaction read, PeopleFilter filter, PhoneProtector phones) =>
        Conditions(read, filter, phones).Aggregate(Shown(read.Db, filter), (people, asked) => people.Where(asked.Holds));

    /// <summary>Records that lists show: never one that was merged into another, and an erased one only among those who left.</summary>
    public static IQueryable<Volunteer> Shown(HubDbContext db, PeopleFilter filter) => filter.Status == VolunteerStatus.Left
        ? db.Volunteers.Where(v => v.MergedInto == null)
        : db.Volunteers.Where(v => v.MergedInto == null && v.ErasedAt == null);

    /// <summary>All that is asked, the rights of the actor among it; what usually leaves the fewest comes first.</summary>
    public static IReadOnlyList<PeopleCondition> Conditions(HubTransaction read, PeopleFilter filter, PhoneProtector phones)
    {
        var db = read.Db;
        var conditions = new List<PeopleCondition>();
        if (filter.Search is { } search && SearchFor(db, search, phones) is { } found) conditions.Add(found);
        if (filter.Tag is { } tag)
            conditions.Add(new(v => v.Tags.Any(t => t.Name == tag), db.Set<VolunteerTag>().Where(t => t.Name == tag).Select(t => EF.Property<VolunteerId>(t, "VolunteerId"))));
        if (filter.Qualification is { } kind)
            conditions.Add(new(v => v.Qualifications.Any(q => q.Kind == kind), db.Set<Qualification>().Where(q => q.Kind == kind).Select(q => EF.Property<VolunteerId>(q, "VolunteerId"))));
        if (filter.Language is { } language) conditions.Add(Marked(db, SearchTerm.Speaks(language)));
        if (filter.Line is { } line) conditions.Add(Marked(db, SearchTerm.WouldServe(line)));
        if (filter.Help is { } help) conditions.Add(Marked(db, SearchTerm.WouldHelp(help)));
        if (filter.WithoutPhone) conditions.Add(Column(db, v => v.Phone!.WholeIndex == null));
        if (filter.Team is { } team) conditions.Add(InTeam(read, team));
        if (filter.Kind is { } sort) conditions.Add(Column(db, v => AnyStatus.Contains(v.Status) && v.Kind == sort));
        if (filter.Status is { } status) conditions.Add(Column(db, v => v.Status == status));
        if (!read.Authority.ReadsAll) conditions.Add(InOwnTeams(read));
        return conditions;
    }

    /// <summary>Members in force today of the teams that the actor leads.</summary>
    private static PeopleCondition InOwnTeams(HubTransaction read)
    {
        var (db, today, leads) = (read.Db, read.Today, read.Authority.Leads.ToList());
        return new(
            v => db.Memberships.Any(m => m.VolunteerId == v.Id && leads.Contains(m.TeamId) && m.Since <= today && (m.Until == null || m.Until > today)),
            db.Memberships.Where(m => leads.Contains(m.TeamId) && m.Since <= today && (m.Until == null || m.Until > today)).Select(m => m.VolunteerId));
    }

    private static PeopleCondition InTeam(HubTransaction read, string code)
    {
        var (db, today) = (read.Db, read.Today);
        var members = from team in db.Teams
                      join m in db.Memberships on team.Id equals m.TeamId
                      where team.Code == code && m.Since <= today && (m.Until == null || m.Until > today)
                      select m.VolunteerId;
        return new(v => members.Any(id => id == v.Id), members);
    }

    private static PeopleCondition Column(HubDbContext db, Expression<Func<Volunteer, bool>> test) => new(test, db.Volunteers.Where(test).Select(v => v.Id));

    private static PeopleCondition Marked(HubDbContext db, string mark) => new(
        v => db.SearchTerms.Any(t => t.Term == mark && t.VolunteerId == v.Id),
        db.SearchTerms.Where(t => t.Term == mark).Select(t => t.VolunteerId));

    /// <summary>What a search text asks for: a whole phone number, a phone's last four digits or a number's, the beginning of a term.</summary>
    private static PeopleCondition? SearchFor(HubDbContext db, string search, PhoneProtector phones)
    {
        var term = PersonNames.Searchable(search);
        if (term.Length == 0) return null;
        var end = term + LastOfAll;
        var terms = db.SearchTerms.Where(t => t.Term.CompareTo(term) >= 0 && t.Term.CompareTo(end) < 0);
        var digits = string.Concat(search.Normalize(NormalizationForm.FormKC).Where(char.IsAsciiDigit));
        if (digits.Length == 4 && term.Length == 4)
        {
            var tail = phones.TailIndex(digits);
            return new(
                v => v.Phone!.TailIndex == tail || terms.Any(t => t.VolunteerId == v.Id),
                db.Volunteers.Where(v => v.Phone!.TailIndex == tail).Select(v => v.Id).Union(terms.Select(t => t.VolunteerId)));
        }

        if (digits.Length >= 7 && PhoneNumberReader.Read(search) is { } number)
        {
            var whole = phones.WholeIndex(number);
            return new(
                v => v.Phone!.WholeIndex == whole || terms.Any(t => t.VolunteerId == v.Id),
                db.Volunteers.Where(v => v.Phone!.WholeIndex == whole).Select(v => v.Id).Union(terms.Select(t => t.VolunteerId)));
        }

        return new(v => terms.Any(t => t.VolunteerId == v.Id), terms.Select(t => t.VolunteerId));
    }
}
