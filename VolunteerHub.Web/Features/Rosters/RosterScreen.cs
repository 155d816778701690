using Microsoft.AspNetCore.Components;
using VolunteerHub.Web.Components;
using VolunteerHub.Web.Platform.Live;

namespace VolunteerHub.Web.Features.Rosters;

/// <summary>A page with a roster on it, which knows who else has the same one open.</summary>
public abstract class RosterScreen : LivePage
{
    private OpenBoard? _open;

    [Inject] private OpenBoards Open { get; set; } = null!;

    /// <summary>The board on the page, once it is there.</summary>
    protected RosterDesk? Desk { get; set; }

    /// <summary>Counts the loads.</summary>
    protected int Version { get; private set; }

    /// <summary>Names of others who edit some of the same runs right now.</summary>
    protected IReadOnlyList<string> Others => _open?.Others ?? [];

    /// <summary>These rosters are shown now. Who can only look is no company for those who edit.</summary>
    protected void Shown(IReadOnlyList<RosterBoardView> boards)
    {
        Version++;
        var mine = boards.Where(b => b.MayStaff && !b.IsClosed).ToList();
        if (mine.Count > 0) _open ??= Open.Open(Actor.Id, mine[0].Viewer, () => _ = InvokeAsync(StateHasChanged));
        _open?.Show(mine.Select(b => b.Run.Id).ToHashSet());
    }

    /// <summary>The runs are looked at again.</summary>
    protected abstract Task LookAgainAsync(IReadOnlyCollection<RunId> runs);

    protected override Task RenewAsync(IReadOnlyCollection<RunId>? touched) => touched is null ? LoadAsync() : LookAgainAsync(touched);

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _open?.Dispose();
    }
}
