using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Live;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Components;

/// <summary>
/// A leader's screen that loads a view, shows a refusal as a sentence, and loads again when someone else changed
/// what it shows: at most a few times a second, and never after it was left.
/// </summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    private static readonly TimeSpan Throttle = TimeSpan.FromMilliseconds(200);

    private IDisposable? _subscription;
    private ITimer? _pending;
    private ITimer? _tick;
    private readonly ConcurrentQueue<RunId?> _heard = new();
    private int _waiting;
    private bool _disposed;

    [Inject] protected CurrentActor CurrentActor { get; set; } = null!;

    [Inject] protected LiveBus Live { get; set; } = null!;

    [Inject] protected ISnackbar Snackbar { get; set; } = null!;

    [Inject] protected ReasonTexts Reasons { get; set; } = null!;

    [Inject] protected TimeProvider Clock { get; set; } = null!;

    protected Actor Actor { get; private set; } = null!;

    /// <summary>Why the page cannot be shown.</summary>
    protected Refusal? Refused { get; set; }

    /// <summary>How often the page looks again by itself, where what it shows depends on the clock.</summary>
    protected virtual TimeSpan? Refresh => null;

    /// <summary>Loads what is shown; sets <see cref="Refused"/> where it may not.</summary>
    protected abstract Task LoadAsync();

    /// <summary>Loads again what others changed.</summary>
    /// <param name="touched">The runs that were changed; null where it was something else, or where the clock asks.</param>
    protected virtual Task RenewAsync(IReadOnlyCollection<RunId>? touched) => LoadAsync();

    /// <summary>Whether a change of this run shows here.</summary>
    protected virtual bool Shows(RunId run) => true;

    /// <summary>Whether other news shows here.</summary>
    protected virtual bool Shows(News news) => false;

    /// <summary>Whether changes of people and teams show here.</summary>
    protected virtual bool ShowsPeople => false;

    /// <summary>Whether requests of residents show here.</summary>
    protected virtual bool ShowsRequests => false;

    protected override async Task OnInitializedAsync()
    {
        Actor = await CurrentActor.GetAsync();
        _subscription = Live.Subscribe(OnTouched);
        _pending = Clock.CreateTimer(_ => _ = ReloadAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (Refresh is { } period) _tick = Clock.CreateTimer(_ => Tick(), null, period, period);
        await LoadAsync();
    }

    /// <summary>Runs a job; says its refusal, or that it is done, and loads again.</summary>
    protected async Task<bool> DoAsync(Task<Outcome> job, string? done = null)
    {
        var outcome = await job;
        if (outcome.Refused) Say(outcome.Refusal);
        else if (done is not null) Snackbar.Add(done, Severity.Success);
        await LoadAsync();
        return !outcome.Refused;
    }

    protected void Say(Refusal refusal) => Snackbar.Add(Reasons.Of(refusal), Severity.Error, options => options.RequireInteraction = true);

    /// <summary>Takes a view, or the refusal of it.</summary>
    protected T? Taken<T>(Outcome<T> outcome) where T : class
    {
        Refused = outcome.Refusal;
        return outcome.Value;
    }

    private void OnTouched(News news)
    {
        var shown = news switch
        {
            RunTouched run => Shows(run.RunId),
            RequestsTouched => ShowsRequests,
            PeopleTouched => ShowsPeople,
            _ => Shows(news),
        };
        if (!shown) return;
        _heard.Enqueue((news as RunTouched)?.RunId);
        if (Interlocked.Exchange(ref _waiting, 1) == 0) _pending?.Change(Throttle, Timeout.InfiniteTimeSpan);
    }

    private void Tick()
    {
        _heard.Enqueue(null);
        _ = ReloadAsync();
    }

    private async Task ReloadAsync()
    {
        Interlocked.Exchange(ref _waiting, 0);
        if (_disposed) return;
        try
        {
            await InvokeAsync(async () =>
            {
                if (_disposed) return;
                var touched = new HashSet<RunId>();
                var all = false;
                while (_heard.TryDequeue(out var run))
                {
                    if (run is { } one) touched.Add(one);
                    else all = true;
                }

                await RenewAsync(all ? null : touched);
                StateHasChanged();
            });
        }
        catch (ObjectDisposedException)
        {
            // The circuit went while the news was on its way.
        }
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (_disposed) return;
        _disposed = true;
        _subscription?.Dispose();
        _pending?.Dispose();
        _tick?.Dispose();
    }
}
