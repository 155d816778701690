using Microsoft.AspNetCore.Components;
using VolunteerHub.Domain.Rosters.GroupLists;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Features.Rosters.GroupLists;

/// <summary>Takes the group's list, asks what it cannot tell, and imports what is clear. What was pasted stays, also over a reload.</summary>
public partial class GroupListIn
{
    /// <summary>What a message of the group holds, and what one message of a circuit may.</summary>
    private const int MostCharacters = 8000;

    private readonly Dictionary<GroupRowKey, GroupDecision> _decisions = [];
    private string _text = "";
    private string _checked = "";
    private GroupCheckView? _view;
    private GroupListImported? _imported;
    private UndoneEdit? _undone;
    private Refusal? _refused;
    private bool _busy;
    private int _seen = -1;

    [Parameter, EditorRequired] public Actor Actor { get; set; } = null!;

    [Parameter, EditorRequired] public GroupScope Scope { get; set; } = null!;

    /// <summary>Counts the loads of the page: a newer one means that the rosters may have changed.</summary>
    [Parameter] public int Version { get; set; }

    [Inject] private GroupListCheck Checker { get; set; } = null!;

    [Inject] private ImportGroupList Importer { get; set; } = null!;

    [Inject] private UndoRosterEdit Undoer { get; set; } = null!;

    [Inject] private PastedText Kept { get; set; } = null!;

    [Inject] private ReasonTexts Reasons { get; set; } = null!;

    private List<GroupSeat> WillCome => _view is null ? [] : [.. _view.Rows.Where(r => r.WillCome).Select(r => r.Seat(_decisions.GetValueOrDefault(r.Row.Key)?.Reason))];

    private string Key => $"{Actor.Id}{Scope.ToQuery()}";

    protected override async Task OnInitializedAsync()
    {
        _seen = Version;
        _text = await Kept.ReadAsync(Key);
        if (_text.Length > 0) await LookAsync();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_seen == Version) return;
        _seen = Version;
        if (_checked.Length > 0) await LookAsync();
    }

    private async Task Typed(ChangeEventArgs change)
    {
        _text = change.Value as string ?? "";
        await Kept.KeepAsync(Key, _text);
    }

    private async Task CheckAsync()
    {
        (_imported, _undone) = (null, null);
        // Another text has other lines: what was said of the old ones is not about these.
        if (_text != _checked) _decisions.Clear();
        await LookAsync();
    }

    private async Task LookAsync()
    {
        _checked = _text;
        if (_text.Length == 0)
        {
            _view = null;
            return;
        }

        var looked = await Checker.LoadAsync(Actor, Scope, _text, _decisions);
        (_view, _refused) = (looked.Value, looked.Refusal);
    }

    private async Task DecideAsync(GroupRowKey row, GroupDecision said)
    {
        _decisions[row] = said;
        await LookAsync();
    }

    private async Task ImportAsync()
    {
        _busy = true;
        var imported = await Importer.RunAsync(Actor, WillCome);
        _busy = false;
        (_imported, _undone, _refused) = (imported.Value, null, imported.Refusal);
        // The text stays: who is on the roster now shows as such, and what was refused still stands there.
        await LookAsync();
    }

    private async Task UndoAsync()
    {
        var undone = await Undoer.RunAsync(Actor, _imported!.Edit!.Value);
        (_undone, _refused, _imported) = (undone.Value, undone.Refusal, undone.Refused ? _imported : null);
        await LookAsync();
    }

    private async Task ClearAsync()
    {
        (_text, _checked, _view, _imported, _undone, _refused) = ("", "", null, null, null, null);
        _decisions.Clear();
        await Kept.KeepAsync(Key, "");
    }
}
