using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Web.Components;

namespace VolunteerHub.Web.Features.CheckIn.Paper;

/// <summary>
/// A filled-in sheet, entered by keyboard. The page's script takes a row in at once and hands rows over one by one, so that nobody waits for
/// the server while typing; what is not recorded yet it keeps in the tab, also over a lost connection.
/// </summary>
public sealed partial class SheetEntryPage : IAsyncDisposable
{
    private readonly List<Row> _rows = [];
    private SheetOfRunView? _view;
    private ElementReference _root;
    private PageScript? _script;
    private Guid _post;

    [Parameter] public Guid Id { get; set; }

    /// <summary>Of the page in hand.</summary>
    [SupplyParameterFromQuery(Name = "code")] public string? Code { get; set; }

    [Inject] private SheetOfRun Sheet { get; set; } = null!;

    [Inject] private EnterSheetRow Enter { get; set; } = null!;

    [Inject] private TakeBackSheetRow TakeBack { get; set; } = null!;

    [Inject] private EnterUnknownRow EnterUnknown { get; set; } = null!;

    [Inject] private SeatFromSheet Seat { get; set; } = null!;

    [Inject] private WalkInSearch Search { get; set; } = null!;

    [Inject] private IJSRuntime Script { get; set; } = null!;

    private RunId Run => new(Id);

    private bool Moved => SheetPageCode.Read(Code) is { } page && page.Mark != _view?.Mark;

    protected override bool Shows(RunId run) => run.Value == Id;

    protected override async Task LoadAsync()
    {
        _view = Taken(await Sheet.LoadAsync(Actor, Run));
        if (_post == Guid.Empty && _view?.Posts is [.., var last]) _post = last.Id.Value;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_script is not null || _view is null) return;
        _script = await PageScript.AttachAsync(Script, "sheet.js", "attachSheet", _root, this);
    }

    /// <summary>Called by the script for each row, in the order in which they were typed.</summary>
    /// <returns>Whether it is recorded.</returns>
    [JSInvokable]
    public async Task<bool> EnterAsync(Guid id, string who, string came, string left)
    {
        var entry = new SheetEntry(id, who, came, left, Code);
        var told = await Enter.RunAsync(Actor, Run, entry);
        IReadOnlyList<WalkInChoice> others = told.Refusal is SheetPersonUnknown && who.Trim().Length > 0 ? (await Search.LoadAsync(Actor, Run, who)).Value ?? [] : [];
        var row = new Row(id, entry, told.Value, told.Refusal, others);
        if (_rows.FindIndex(r => r.Id == id) is >= 0 and var at) _rows[at] = row;
        else _rows.Insert(0, row);
        StateHasChanged();
        return !told.Refused;
    }

    /// <summary>Called by the script where somebody lets a refused row go.</summary>
    [JSInvokable]
    public void Drop(Guid id)
    {
        _rows.RemoveAll(r => r.Id == id);
        StateHasChanged();
    }

    private async Task UndoAsync(Row row)
    {
        if (await DoAsync(TakeBack.RunAsync(Actor, Run, row.Done!), T["PaperSheet.Undone", row.Done!.Person.Name])) _rows.Remove(row);
    }

    private async Task JoinAsync(Row row, WalkInChoice who)
    {
        if (!await DoAsync(Seat.RunAsync(Actor, Run, new PostId(_post), who.Id))) return;
        if (await EnterAsync(row.Id, who.Number, row.Entry.In, row.Entry.Out)) await _script!.CallAsync("settled", row.Id);
    }

    /// <summary>A name that is in no register is taken in as it stands there, with its times.</summary>
    private async Task TakeInAsync(Row row)
    {
        var told = await EnterUnknown.RunAsync(Actor, Run, row.Entry, new PostId(_post), row.Phone);
        _rows[_rows.IndexOf(row)] = row with { Refusal = told.Refusal, TakenIn = told.Value };
        if (!told.Refused) await _script!.CallAsync("settled", row.Id);
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        if (_script is not null) await _script.DisposeAsync();
    }

    /// <summary>A row that was typed: recorded, or refused.</summary>
    /// <param name="Others">Who could be meant and is not on the roster.</param>
    private sealed record Row(Guid Id, SheetEntry Entry, EnteredRow? Done, Refusal? Refusal, IReadOnlyList<WalkInChoice> Others)
    {
        /// <summary>Of somebody who is in no register, as it stands on the sheet.</summary>
        public string? Phone { get; set; }

        /// <summary>Recorded without being known.</summary>
        public EnteredWalkIn? TakenIn { get; init; }
    }
}
