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
/// <param name="Few">How many these are at most.</param>
internal sealed record PeopleCondition(Expression<Func<Volunteer, bool>> Holds, IQueryable<VolunteerId> Ids, int Few = PeopleQueries.Few);

/// <summary>People that match a filter and that the actor may read: the one place that says who that is.</summary>
internal static class PeopleQueries
{
    /// <summary>Sorts behind every character that a name may hold, those beyond the basic plane included.</summary>
    private const string LastOfAll = "\U0010FFFF";

    /// <summary>
    /// Up to how many people are looked up and sorted. Of more, a page is met soon enough on the way along the order,
    /// even among a hundred thousand: a look at the index costs a sixth of a look at a record.
    /// </summary>
    public const int Few = 900;

    /// <summary>Of what a search finds many more are looked up: all of one surname stand together, perhaps far down the order.</summary>
    private const int FewFound = 15_000;

    private static readonly VolunteerStatus[] AnyStatus = Enum.GetValues<VolunteerStatus>();

    /// <summary>Everybody who matches and may be read, in no order.</summary>
    public static IQueryable<Volunteer> Matching(HubTransaction read, PeopleFilter filter, PhoneProtector phones) =>
        Conditions(read, filter, phones).Aggregate(Shown(read.Db, filter), (people, asked) => people.Where(asked.Holds));

    /// <summary>Everybody whom the actor may read, merged and erased records included.</summary>
    public static IQueryable<Volunteer> Readable(HubTransaction read) => read.Authority.ReadsAll ? read.Db.Volunteers : read.Db.Volunteers.Where(InOwnTeams(read).Holds);

    /// <summary>
    /// The same people as <see cref="Matching"/>, asked for in the way that finds a page of them sooner: where one of
    /// the conditions leaves few, from these; else along the order, testing each.
    /// </summary>
    public static async Task<IQueryable<Volunteer>> PlannedAsync(HubTransaction read, PeopleFilter filter, PhoneProtector phones, CancellationToken ct)
    {
        var conditions = Conditions(read, filter, phones);
        PeopleCondition? first = null;
        foreach (var asked in conditions)
        {
            if (await asked.Ids.Take(asked.Few + 1).CountAsync(ct) > asked.Few) continue;
            first = asked;
            break;
        }

        var people = Shown(read.Db, filter);
        if (first is not null) people = people.Where(v => first.Ids.Contains(v.Id));
        return conditions.Where(c => c != first).Aggregate(people, (left, asked) => left.Where(asked.Holds));
    }

    /// <summary>
    /// Records that lists show: never one that was merged into another, and an erased one only among those who left.
    /// "Merged into itself or into none" says the same as "into none", and tempts no database to begin with all whom that is true of.
    /// </summary>
    public static IQueryable<Volunteer> Shown(HubDbContext db, PeopleFilter filter) => filter.Status == VolunteerStatus.Left
        ? db.Volunteers.Where(v => (v.MergedInto ?? v.Id) == v.Id)
        : db.Volunteers.Where(v => (v.MergedInto ?? v.Id) == v.Id && v.ErasedAt == null);

    /// <summary>All that is asked, the rights of the actor among it; what usually leaves the fewest comes first, a search last.</summary>
    public static IReadOnlyList<PeopleCondition> Conditions(HubTransaction read, PeopleFilter filter, PhoneProtector phones)
    {
        var db = read.Db;
        var conditions = new List<PeopleCondition>();
        if (filter.Tag is { } tag)
            conditions.Add(new(v => v.Tags.Any(t => t.Name == tag), db.Set<VolunteerTag>().Where(t => t.Name == tag).Select(t => EF.Property<VolunteerId>(t, "VolunteerId"))));
        if (filter.Qualification is { } kind)
            conditions.Add(new(v => v.Qualifications.Any(q => q.Kind == kind), db.Set<Qualification>().Where(q => q.Kind == kind).Select(q => EF.Property<VolunteerId>(q, "VolunteerId"))));
        if (filter.Language is { } language) conditions.Add(Marked(db, SearchTerm.Speaks(language)));
        if (filter.Line is { } line) conditions.Add(Marked(db, SearchTerm.WouldServe(line)));
        if (filter.Help is { } help) conditions.Add(Marked(db, SearchTerm.WouldHelp(help)));
        if (filter.WithoutPhone) conditions.Add(new(v => v.Phone!.Cipher == null, db.Volunteers.Where(v => v.Phone!.WholeIndex == null).Select(v => v.Id)));
        if (filter.Team is { } team) conditions.Add(InTeam(read, team));
        if (filter.Kind is { } sort) conditions.Add(new(v => v.Kind == sort, db.Volunteers.Where(v => AnyStatus.Contains(v.Status) && v.Kind == sort).Select(v => v.Id)));
        if (filter.Status is { } status)
        {
            var others = AnyStatus.Where(s => s != status).ToArray();
            conditions.Add(new(v => !others.Contains(v.Status), db.Volunteers.Where(v => v.Status == status).Select(v => v.Id)));
        }

        if (!read.Authority.ReadsAll) conditions.Add(InOwnTeams(read));
        if (filter.Search is { } search && SearchFor(db, search, phones) is { } found) conditions.Add(found);
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
        // Of one person the few terms are read; a range of all terms would be read for each person anew.
        Expression<Func<Volunteer, bool>> termOf = v => db.SearchTerms.Any(t => t.VolunteerId == v.Id && t.Term.StartsWith(term));
        var digits = string.Concat(search.Normalize(NormalizationForm.FormKC).Where(char.IsAsciiDigit));
        if (digits.Length == 4 && term.Length == 4)
        {
            var tail = phones.TailIndex(digits);
            return new(
                v => v.Phone!.TailIndex == tail || db.SearchTerms.Any(t => t.VolunteerId == v.Id && t.Term.StartsWith(term)),
                db.Volunteers.Where(v => v.Phone!.TailIndex == tail).Select(v => v.Id).Union(terms.Select(t => t.VolunteerId)));
        }

        if (digits.Length >= 7 && PhoneNumberReader.Read(search) is { } number)
        {
            var whole = phones.WholeIndex(number);
            return new(
                v => v.Phone!.WholeIndex == whole || db.SearchTerms.Any(t => t.VolunteerId == v.Id && t.Term.StartsWith(term)),
                db.Volunteers.Where(v => v.Phone!.WholeIndex == whole).Select(v => v.Id).Union(terms.Select(t => t.VolunteerId)));
        }

        return new(termOf, terms.Select(t => t.VolunteerId), FewFound);
    }
}
