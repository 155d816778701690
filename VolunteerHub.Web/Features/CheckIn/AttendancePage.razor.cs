using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Web.Components.Controls;
using VolunteerHub.Web.Features.CheckIn.WalkIns;

namespace VolunteerHub.Web.Features.CheckIn;

/// <summary>Attendance on the day: who came, a tap for who has no phone, and whom to call.</summary>
public partial class AttendancePage
{
    private AttendanceBoardView? _view;
    private CodeView? _code;
    private HashSet<VolunteerId> _fresh = [];
    private readonly Dictionary<VolunteerId, string> _numbers = [];

    [Parameter] public Guid Id { get; set; }

    [Inject] private AttendanceBoard Board { get; set; } = null!;

    [Inject] private CurrentCode Codes { get; set; } = null!;

    [Inject] private AttestAttendance Attest { get; set; } = null!;

    [Inject] private TakeBackAttendance TakeBack { get; set; } = null!;

    [Inject] private NoteAbsence Note { get; set; } = null!;

    [Inject] private SignOutAll SignOut { get; set; } = null!;

    [Inject] private CallNumber Call { get; set; } = null!;

    [Inject] private SignOutWalkIn OutWalkIn { get; set; } = null!;

    [Inject] private HandBoard Hand { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    private RunId Run => new(Id);

    /// <summary>Where else a leader goes from here; on a phone they are in a menu.</summary>
    private IEnumerable<(string Href, string Label, bool Plain)> Links =>
    [
        ($"/runs/{Id}/roster", T["Nav.Roster"], false), ($"/runs/{Id}/pins", T["Pins.Title"], true), ($"/runs/{Id}/sheet", T["PaperSheet.Title"], true), ($"/runs/{Id}/wall", T["Wall.Link"], true),
    ];

    protected override TimeSpan? Refresh => TimeSpan.FromSeconds(30);

    protected override bool Shows(RunId run) => run.Value == Id;

    protected override async Task LoadAsync()
    {
        var before = _view?.People.Where(Here).Select(p => p.Id).ToHashSet();
        _view = Taken(await Board.LoadAsync(Actor, Run));
        _fresh = before is null || _view is null ? [] : [.. _view.People.Where(Here).Select(p => p.Id).Where(id => !before.Contains(id))];
        if (_view is { IsOpen: true, MayTake: true }) _code ??= (await Codes.LoadAsync(Actor, Run)).Value;
        else _code = null;

        static bool Here(PersonHere person) => person.Presence is Presence.Present or Presence.Completed;
    }

    /// <summary>A tap marks someone as here; a tap on someone who is here takes that back.</summary>
    private async Task TapAsync(PersonHere person)
    {
        if (person is { Presence: Presence.Present, IntervalId: { } interval })
        {
            // What the person's own phone, card or a tablet told is not undone by a slip of the finger.
            if (person.Evidence != EvidenceKind.LeaderAttested && !await ConfirmDialog.AskAsync(
                Dialogs, T["Attendance.TakeBackTitle", person.Name], T["Attendance.TakeBackExplain", Time.Time(person.InAt!.Value), T[$"EvidenceKind.{person.Evidence}"]], T["Attendance.TakeBack"])) return;
            await DoAsync(TakeBack.RunAsync(Actor, Run, person.Id, interval, leaving: false), T["Attendance.TakenBack", person.Name]);
            return;
        }

        var told = await Attest.RunAsync(Actor, Run, person.Id, arriving: true, Guid.CreateVersion7());
        await DoAsync(Task.FromResult(told.WithoutValue));
    }

    private async Task OutAsync(PersonHere person) =>
        await DoAsync(Task.FromResult((await Attest.RunAsync(Actor, Run, person.Id, arriving: false, Guid.CreateVersion7())).WithoutValue));

    private Task OutAsync(WalkInHere walkIn, bool leaving) => DoAsync(OutWalkIn.RunAsync(Actor, Run, walkIn.Id, leaving));

    private async Task TakeBackAsync(PersonHere person, bool leaving)
    {
        if (person.IntervalId is { } interval) await DoAsync(TakeBack.RunAsync(Actor, Run, person.Id, interval, leaving), T["Attendance.TakenBack", person.Name]);
    }

    private async Task CallAsync(PersonHere person)
    {
        var shown = await Call.RunAsync(Actor, Run, person.Id);
        if (shown.Refused) Say(shown.Refusal);
        else _numbers[person.Id] = shown.Value;
    }

    private Task HandOnAsync(ChangeEventArgs chosen)
    {
        VolunteerId? holder = Guid.TryParse((string?)chosen.Value, out var id) ? new VolunteerId(id) : null;
        return DoAsync(Hand.RunAsync(Actor, Run, holder), holder is { } who ? T["HandBoard.Handed", _view!.People.First(p => p.Id == who).Name] : T["HandBoard.TakenBack"]);
    }

    private Task MarkAsync(PersonHere person, AbsenceMark? mark) => DoAsync(Note.RunAsync(Actor, Run, person.Id, mark));

    private async Task SignOutAllAsync()
    {
        if (!await ConfirmDialog.AskAsync(Dialogs, T["Attendance.SignOutAll"], T["Attendance.SignOutAllExplain", _view!.Present], T["Attendance.SignOutAll"])) return;
        var done = await SignOut.RunAsync(Actor, Run);
        await DoAsync(Task.FromResult(done.WithoutValue), done.Refused ? null : T["Attendance.SignedOut", done.Value].Value);
    }

    private async Task WalkInAsync()
    {
        if (await WalkInDialog.ShowAsync(Dialogs, T["WalkIn.Title"], Actor, Run, _view!.Posts)) await LoadAsync();
    }
}
