using VolunteerHub.Domain.Teams;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Volunteers.Import;

/// <summary>Finds teams by what lists call them: the whole name, the name without the part that all share, or the code.</summary>
internal sealed class ImportTeams(IReadOnlyList<Team> teams, Authority authority)
{
    private readonly ILookup<string, Team> _byName = teams.ToLookup(t => ImportWords.Plain(t.Name));
    private readonly ILookup<string, Team> _byCore = teams.ToLookup(t => ImportWords.Known.CoreOfTeam(t.Name));
    private readonly ILookup<string, Team> _byCode = teams.ToLookup(t => ImportWords.Plain(t.Code));

    public (TeamId? Id, RowFault? Fault) Find(string name)
    {
        var found = Only(_byName[ImportWords.Plain(name)]) ?? Only(_byCode[ImportWords.Plain(name)]) ?? Only(_byCore[ImportWords.Known.CoreOfTeam(name)]);
        if (found is null) return (null, RowFault.TeamUnknown);
        if (found.IsClosed) return (null, RowFault.TeamClosed);
        return authority.MayLead(found.Id) ? (found.Id, null) : (null, RowFault.TeamNotYours);
    }

    /// <summary>Two teams of one name are told apart by nobody.</summary>
    private static Team? Only(IEnumerable<Team> found) => found.Take(2).ToList() is [var one] ? one : null;
}
