using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data.Configurations;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Data.Interceptors;

/// <summary>Keeps what people are found and sorted by in step with their names and numbers, in the transaction of the change.</summary>
public sealed class PeopleIndexInterceptor : SaveChangesInterceptor
{
    /// <summary>What the terms, the marks and the place in the order follow from.</summary>
    private static readonly string[] Indexed =
    [
        nameof(Volunteer.Name), nameof(Volunteer.Initials), nameof(Volunteer.FormerNumbers), nameof(Volunteer.MergedInto),
        nameof(Volunteer.Languages), nameof(Volunteer.InterestLines), nameof(Volunteer.InterestHelps),
    ];

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        foreach (var entry in Changed(eventData.Context!))
        {
            var old = entry.State == EntityState.Added ? [] : Terms(eventData.Context!, entry.Entity.Id).ToList();
            Index(eventData.Context!, entry, old);
        }

        return result;
    }

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        foreach (var entry in Changed(eventData.Context!))
        {
            var old = entry.State == EntityState.Added ? [] : await Terms(eventData.Context!, entry.Entity.Id).ToListAsync(cancellationToken);
            Index(eventData.Context!, entry, old);
        }

        return result;
    }

    /// <summary>The texts by whose beginning a person is found, and the marks.</summary>
    internal static IReadOnlySet<string> TermsOf(Volunteer who)
    {
        var terms = new HashSet<string>();
        if (who.MergedInto is not null) return terms;
        foreach (var tail in Tails(PersonNames.Searchable(who.Name)).Concat(Tails(PersonNames.Searchable(who.Initials)))) terms.Add(tail);
        foreach (var number in who.FormerNumbers.Prepend(who.Number))
        {
            terms.Add(number);
            if (number.IndexOf('-', StringComparison.Ordinal) is > 0 and var dash) terms.Add(number[(dash + 1)..]);
        }

        terms.Remove("");
        terms.UnionWith(who.Languages.Select(SearchTerm.Speaks));
        terms.UnionWith(who.InterestLines.Select(SearchTerm.WouldServe));
        terms.UnionWith(Enum.GetValues<HelpTargets>().Where(h => h != HelpTargets.None && who.InterestHelps.HasFlag(h)).Select(SearchTerm.WouldHelp));
        return terms;
    }

    private static List<EntityEntry<Volunteer>> Changed(DbContext context)
    {
        context.ChangeTracker.DetectChanges();
        return [.. context.ChangeTracker.Entries<Volunteer>().Where(e => e.State == EntityState.Added || e.State == EntityState.Modified
            && Indexed.Any(property => e.Property(property).IsModified))];
    }

    private static IQueryable<SearchTerm> Terms(DbContext context, VolunteerId who) => context.Set<SearchTerm>().AsTracking().Where(t => t.VolunteerId == who);

    private static void Index(DbContext context, EntityEntry<Volunteer> entry, List<SearchTerm> old)
    {
        var who = entry.Entity;
        // A name that came without initials gets those that the machine can tell.
        if (who.Initials.Length == 0 && who.IsLive) who.Rename(who.Name, PersonNames.InitialsOf(who.Name));
        entry.Property(VolunteerConfiguration.NameKey).CurrentValue = PersonNames.SortKeyOf(who.Name);
        var terms = TermsOf(who);
        context.RemoveRange(old.Where(t => !terms.Contains(t.Term)));
        context.AddRange(terms.Except(old.Select(t => t.Term)).Select(t => new SearchTerm(t, who.Id)));
    }

    private static IEnumerable<string> Tails(string text) => Enumerable.Range(0, text.Length).Select(i => text[i..]);
}
