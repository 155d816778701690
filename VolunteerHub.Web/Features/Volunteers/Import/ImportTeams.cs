using VolunteerHub.Domain.Teams;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Volunteers.Import;

/// <summary>Finds teams by what lists call them: the whole name, the name without the part that all share, the code, or as somebody explained it.</summary>
internal sealed class ImportTeams(IReadOnlyList<Team> teams, Authority authority, IReadOnlyDictionary<string, TeamId> explained)
{
    private readonly Dictionary<string, TeamId> _explained = explained.ToDictionary(e => ImportWords.Plain(e.Key), e => e.Value);
    private readonly ILookup<string, Team> _byName = teams.ToLookup(t => ImportWords.Plain(t.Name));
    private readonly ILookup<string, Team> _byCore = teams
        .SelectMany(t => ImportWords.Known.CoresOfTeam(t.Name).Select(core => (core, t))).ToLookup(p => p.core, p => p.t);
    private readonly ILookup<string, Team> _byCode = teams.ToLookup(t => ImportWords.Plain(t.Code));

    public (TeamId? Id, RowFault? Fault) Find(string name)
    {
        var found = _explained.TryGetValue(ImportWords.Plain(name), out var meant) ? teams.FirstOrDefault(t => t.Id == meant) : null;
        found ??= Only(_byName[ImportWords.Plain(name)]) ?? Only(_byCode[ImportWords.Plain(name)]) ?? Only(ImportWords.Known.CoresOfTeam(name).SelectMany(core => _byCore[core]).Distinct());
        if (found is null) return (null, RowFault.TeamUnknown);
        if (found.IsClosed) return (null, RowFault.TeamClosed);
        return authority.MayLead(found.Id) ? (found.Id, null) : (null, RowFault.TeamNotYours);
    }

    /// <summary>Two teams of one name are told apart by nobody.</summary>
    private static Team? Only(IEnumerable<Team> found) => found.Take(2).ToList() is [var one] ? one : null;
}
