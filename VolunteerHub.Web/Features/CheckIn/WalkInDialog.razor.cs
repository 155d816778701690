using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Web.Features.CheckIn.WalkIns;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Features.CheckIn;

/// <summary>Somebody came who is not expected: found in the register, or taken in by name and phone and found out later.</summary>
public partial class WalkInDialog
{
    // Of this dialog: sent twice, somebody comes once.
    private readonly Guid _request = Guid.CreateVersion7();
    private WalkInChoice? _who;
    private WalkInChoice? _owner;
    private PostChoice? _post;
    private Refusal? _refused;
    private string? _typed;
    private string? _name;
    private string? _phone;
    private bool _unknown;
    private bool _sending;

    [Inject] private WalkInSearch Search { get; set; } = null!;

    [Inject] private AddWalkIn Add { get; set; } = null!;

    [Inject] private AddUnknownWalkIn AddUnknown { get; set; } = null!;

    [Inject] private ReasonTexts Reasons { get; set; } = null!;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    [Parameter, EditorRequired] public Actor Actor { get; set; } = null!;

    [Parameter, EditorRequired] public RunId RunId { get; set; }

    [Parameter, EditorRequired] public IReadOnlyList<PostChoice> Posts { get; set; } = [];

    public static async Task<bool> ShowAsync(IDialogService dialogs, string title, Actor actor, RunId run, IReadOnlyList<PostChoice> posts)
    {
        var shown = await dialogs.ShowAsync<WalkInDialog>(title, new DialogParameters<WalkInDialog> { { d => d.Actor, actor }, { d => d.RunId, run }, { d => d.Posts, posts } });
        return (await shown.Result) is { Canceled: false };
    }

    protected override void OnInitialized() => _post = Posts is [.., var last] ? last : null;

    private async Task<IEnumerable<WalkInChoice>> FindAsync(string typed, CancellationToken ct) => (await Search.LoadAsync(Actor, RunId, typed ?? "", ct: ct)).Value ?? [];

    /// <summary>What was typed to find the person is not typed again.</summary>
    private void NotFound()
    {
        _unknown = true;
        if (string.IsNullOrWhiteSpace(_typed)) return;
        if (PhoneNumberReader.Read(_typed) is not null) _phone ??= _typed;
        else if (!_typed.Any(char.IsDigit)) _name ??= _typed;
    }

    /// <summary>A number that is known names its owner at once.</summary>
    private async Task PhoneAsync(string? typed)
    {
        _phone = typed;
        _owner = PhoneNumberReader.Read(typed) is null ? null : (await Search.LoadAsync(Actor, RunId, typed!, alsoSeated: true)).Value is [var one] ? one : null;
    }

    private void TakeOwner() => (_who, _unknown) = (_owner, false);

    private async Task JoinAsync()
    {
        _sending = true;
        _refused = _unknown
            ? (await AddUnknown.RunAsync(Actor, RunId, new NewWalkIn(_request, _post!.Id, _name, _phone))).Refusal
            : (await Add.RunAsync(Actor, RunId, _post!.Id, _who!.Id)).Refusal;
        _sending = false;
        if (_refused is null) Dialog.Close(DialogResult.Ok(true));
    }
}
