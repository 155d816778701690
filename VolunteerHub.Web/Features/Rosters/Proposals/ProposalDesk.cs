using System.Collections.Concurrent;
using VolunteerHub.Domain.Scheduling;
using VolunteerHub.Domain.Scheduling.Proposals;
using VolunteerHub.Web.Platform.Live;

namespace VolunteerHub.Web.Features.Rosters.Proposals;

/// <summary>A search went on, or ended.</summary>
public sealed record ProposalTouched(Guid Id) : News;

/// <summary>A search for a roster, from its start until it was taken or forgotten.</summary>
public sealed class ProposalSearch
{
    internal ProposalSearch(ProposalScope scope, VolunteerId by, int seed, DateTimeOffset now) => (Scope, By, Seed, At) = (scope, by, seed, now);

    public Guid Id { get; } = Guid.CreateVersion7();

    public ProposalScope Scope { get; }

    public VolunteerId By { get; }

    /// <summary>With which the search drew; the same seed finds the same roster again.</summary>
    public int Seed { get; }

    public DateTimeOffset At { get; }

    /// <summary>How far it is.</summary>
    public RosterProgress Progress { get; internal set; }

    /// <summary>What it found; null while it goes on.</summary>
    public ProposalResult? Result { get; internal set; }

    /// <summary>Whether it ended by a fault of the program, which stands in the log.</summary>
    public bool Failed { get; internal set; }

    /// <summary>The change of rosters that came of it; null until it was taken.</summary>
    public RosterEditId? Taken { get; internal set; }

    /// <summary>Whether it has no answer yet.</summary>
    public bool GoesOn => Result is null && !Failed;

    internal CancellationTokenSource Stop { get; } = new();
}

/// <summary>
/// Where rosters are searched, off every circuit: who closed the page, or lost it, finds the search again. What was found is no
/// roster until it is taken, so it may be lost with the server.
/// </summary>
public sealed class ProposalDesk(LiveBus live, TimeProvider clock, ILogger<ProposalDesk> log) : IDisposable
{
    /// <summary>So many of the latest are kept.</summary>
    private const int Kept = 24;

    private const int MovesPerCandidate = 300;
    private const int FewestMoves = 200_000;
    private const int MostMoves = 8_000_000;

    /// <summary>Each search takes two threads: more than two at once would leave none for the screens.</summary>
    private readonly SemaphoreSlim _room = new(2);

    private readonly ConcurrentDictionary<Guid, ProposalSearch> _searches = [];

    public ProposalSearch? Find(Guid id) => _searches.GetValueOrDefault(id);

    /// <summary>How many moves a problem is worth: bound by them and not by time, so that the same seed gives the same roster on every machine.</summary>
    public static SearchBudget BudgetFor(RosterProblem problem) =>
        SearchBudget.OfIterations(Math.Clamp((long)problem.Candidates.Count * MovesPerCandidate, FewestMoves, MostMoves));

    internal ProposalSearch Start(ProposalScope scope, VolunteerId by, int seed, ProposalSource source)
    {
        // Who asks anew has no use for the search before.
        foreach (var before in _searches.Values.Where(s => s.By == by && s.GoesOn)) before.Stop.Cancel();
        var search = new ProposalSearch(scope, by, seed, clock.GetUtcNow());
        _searches[search.Id] = search;
        foreach (var old in _searches.Values.Where(s => !s.GoesOn).OrderByDescending(s => s.Id).Skip(Kept)) _searches.TryRemove(old.Id, out _);
        _ = Task.Factory.StartNew(() => Run(search, source), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return search;
    }

    private void Run(ProposalSearch search, ProposalSource source)
    {
        // A search that is stopped while it waits answers with the first roster that it finds.
        _room.Wait();
        try
        {
            var problem = source.Problem(search.Scope.Options);
            var answer = RosterEngine.Solve(problem.Problem, search.Seed, BudgetFor(problem.Problem), new Told(this, search), search.Stop.Token);
            search.Result = ProposalResult.Of(problem.Read(answer, search.Seed), source);
        }
#pragma warning disable CA1031 // Whatever happens here, the page must not wait for ever.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogError(failure, "The search for a roster {Search} failed", search.Id);
            search.Failed = true;
        }
        finally
        {
            _room.Release();
        }

        Tell(search);
    }

    private void Tell(ProposalSearch search) => live.Announce(new ProposalTouched(search.Id));

    public void Dispose()
    {
        foreach (var search in _searches.Values) search.Stop.Cancel();
    }

    private sealed class Told(ProposalDesk desk, ProposalSearch search) : IProgress<RosterProgress>
    {
        public void Report(RosterProgress value)
        {
            search.Progress = value;
            desk.Tell(search);
        }
    }
}
