using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Web.Platform.Live;

namespace VolunteerHub.Web.Features.Notices;

/// <summary>The parts of the notices' screen.</summary>
public enum NoticesTab
{
    Paste,
    Inbox,
    Failed,
    Subscriptions,
}

/// <summary>Where notices go out by hand, come in, and are mended.</summary>
public partial class NoticesPage
{
    private NoticeDeskView? _desk;
    private OwnNoticesView? _inbox;
    private IJSObjectReference? _module;

    [Inject] private NoticeDesk Desk { get; set; } = null!;

    [Inject] private OwnNotices Own { get; set; } = null!;

    [Inject] private MakePasteTexts PasteTexts { get; set; } = null!;

    [Inject] private NotePasted Noting { get; set; } = null!;

    [Inject] private MendMessage Mending { get; set; } = null!;

    [Inject] private SubscribeToStaffing Subscribing { get; set; } = null!;

    [Inject] private ReadNotices Reading { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Parameter, SupplyParameterFromQuery(Name = "tab")] public string? Wanted { get; set; }

    protected override TimeSpan? Refresh => TimeSpan.FromMinutes(1);

    /// <summary>Who leads nothing just now has an inbox and no desk.</summary>
    private IReadOnlyList<NoticesTab> Tabs => _desk is null ? [NoticesTab.Inbox] : _desk.Subscriptions.Count > 0 ? Enum.GetValues<NoticesTab>() : [NoticesTab.Paste, NoticesTab.Inbox, NoticesTab.Failed];

    private NoticesTab Tab => Enum.TryParse<NoticesTab>(Wanted, out var tab) && Tabs.Contains(tab) ? tab : Tabs[0];

    protected override bool Shows(News news) => news is NoticesTouched;

    protected override async Task LoadAsync()
    {
        _inbox = Taken(await Own.LoadAsync(Actor));
        if (_inbox is not null) _desk = (await Desk.LoadAsync(Actor)).Value;
    }

    private int Count(NoticesTab tab) => tab switch
    {
        NoticesTab.Paste => _desk?.Waiting.Count ?? 0,
        NoticesTab.Inbox => _inbox?.Unread ?? 0,
        NoticesTab.Failed => _desk?.Failed.Count(f => f.IsGivenUp) ?? 0,
        _ => 0,
    };

    /// <summary>Puts texts on the clipboard and notes them as pasted; where the clipboard does not work, nothing is noted.</summary>
    private async Task CopyAsync(IReadOnlyCollection<MessageId> ids)
    {
        var made = await PasteTexts.RunAsync(Actor, ids, Navigation.BaseUri);
        if (made.Refused)
        {
            Say(made.Refusal);
            await LoadAsync();
            return;
        }

        _module ??= await Js.InvokeAsync<IJSObjectReference>("import", "/js/display.js");
        if (!await _module.InvokeAsync<bool>("copy", string.Join("\n\n", made.Value.Select(m => m.Text))))
        {
            Snackbar.Add(T["Join.Link.CopyFailed"], Severity.Error);
            return;
        }

        await DoAsync(Noting.RunAsync(Actor, [.. made.Value.Select(m => m.Id)], true), T["Notices.Copied", made.Value.Count]);
    }

    private Task NoteAsync((MessageId Id, bool Pasted) note) => DoAsync(Noting.RunAsync(Actor, [note.Id], note.Pasted));

    private Task MendAsync((MessageId Id, bool Again) mend) => DoAsync(Mending.RunAsync(Actor, mend.Id, mend.Again), T[mend.Again ? "Notices.TriedSoon" : "Notices.Dropped"]);

    private Task SubscribeAsync((TeamId Team, StaffingNews Of) choice) => DoAsync(Subscribing.RunAsync(Actor, choice.Team, choice.Of), T["Notices.Subscribed"]);

    private Task ReadAsync(NoticeId? only) => DoAsync(Reading.RunAsync(Actor, only));

    public async ValueTask DisposeAsync()
    {
        Dispose();
        GC.SuppressFinalize(this);
        try
        {
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the module with it.
        }
    }
}
