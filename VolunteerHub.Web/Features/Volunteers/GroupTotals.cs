namespace VolunteerHub.Web.Features.Volunteers;

/// <summary>
/// Totals of groups of which none may be so small that somebody could be recognised, neither as shown nor by
/// subtracting what is shown from the whole. Ethnicity is sensitive personal data (个人信息保护法 §28).
/// </summary>
/// <param name="Shown">Groups of <see cref="Least"/> or more, the largest first.</param>
/// <param name="Others">All other groups together; zero where there are none, or where they may not be shown.</param>
/// <param name="Unstated">Of whom it is not known; null where it may not be shown.</param>
/// <param name="IsWithheld">Whether nothing can be shown.</param>
public sealed record GroupTotals(IReadOnlyList<(string Group, int Count)> Shown, int Others, int? Unstated, bool IsWithheld)
{
    /// <summary>The smallest group that is shown.</summary>
    public const int Least = 5;

    /// <param name="groups">How many are in each.</param>
    /// <param name="unstated">How many did not say.</param>
    public static GroupTotals Of(IReadOnlyDictionary<string, int> groups, int unstated)
    {
        var shown = groups.Where(g => g.Value >= Least).OrderByDescending(g => g.Value).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => (Group: g.Key, Count: g.Value)).ToList();
        var small = groups.Where(g => g.Value is > 0 and < Least).Select(g => g.Value).ToList();
        if (small.Count == 0) return new GroupTotals(shown, 0, unstated, false);
        // The rest of the whole is the small ones, shown or not: where it is one group, or few people, it takes the
        // smallest of the others in, until nobody can tell from it how many a small group has.
        while (shown.Count > 0 && (small.Count < 2 || small.Sum() < Least))
        {
            small.Add(shown[^1].Count);
            shown.RemoveAt(shown.Count - 1);
        }

        return shown.Count == 0 ? new GroupTotals([], 0, null, true) : new GroupTotals(shown, small.Sum(), unstated, false);
    }
}

/// <summary>A line of a set of totals.</summary>
/// <param name="Name">Of what.</param>
/// <param name="Count">How many.</param>
/// <param name="Link">The list of these people, where it may be shown.</param>
public sealed record TotalRow(string Name, int Count, PeopleFilter? Link = null);
