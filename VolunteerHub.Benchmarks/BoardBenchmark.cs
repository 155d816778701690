using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.JSInterop;
using MudBlazor.Services;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Benchmarks;

/// <summary>P5: server time of the roster board with 250 shifts and 300 people, for the first sight of it and after one change.</summary>
internal static class BoardBenchmark
{
    private const int People = 300;
    private const int Shifts = 250;
    private const int Warm = 10;
    private const int Times = 50;

    /// <summary>A month that has not come when this is measured.</summary>
    private static readonly RosterSpan Span = RosterSpan.Of(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddMonths(2)), month: true);

    public static async Task<Dictionary<string, double>> RunAsync()
    {
        await using var at = await PeopleInstallation.CreateAsync(People, services =>
        {
            services.AddMudServices();
            services.AddScoped<IJSRuntime, NoScript>();
            services.AddScoped<NavigationManager, Nowhere>();
        });
        await PlanAsync(at);
        List<double> firsts = [], changes = [];
        for (var i = 0; i < Warm + Times; i++)
        {
            var (first, change) = await MeasureAsync(at, i);
            if (i < Warm) continue;
            firsts.Add(first);
            changes.Add(change);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"Roster board",-42} {"p50",10} {"p99",7}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"first: load, draw, write",-42} {Quantile.Of(firsts, 0.5),10:0.00} {Quantile.Of(firsts, 0.99),7:0.00}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"after one change: load the run, draw its line",-42} {Quantile.Of(changes, 0.5),10:0.00} {Quantile.Of(changes, 0.99),7:0.00}"));
        var (p5, again) = (Quantile.Of(firsts, 0.99), Quantile.Of(changes, 0.99));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"P5   p99 of the first sight {p5:0.0} ms, bar <= 300 ms; after one change {again:0.0} ms, bar <= 30 ms"));
        return new() { ["P5"] = p5, ["P5again"] = again };
    }

    /// <summary>The whole board once, then one person put on one of its posts, loaded and drawn.</summary>
    private static async Task<(double First, double Change)> MeasureAsync(PeopleInstallation at, int round)
    {
        var boards = at.Get<RosterBoards>();
        await using var scope = at.Scope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var start = Stopwatch.GetTimestamp();
            var view = (await boards.LoadAsync(at.Coordinator, Span)).Value ?? throw new InvalidOperationException("The board was refused.");
            BoardHost? host = null;
            var root = await renderer.RenderComponentAsync<BoardHost>(ParameterView.FromDictionary(new Dictionary<string, object?>
            {
                [nameof(BoardHost.Actor)] = at.Coordinator, [nameof(BoardHost.View)] = view, [nameof(BoardHost.There)] = (Action<BoardHost>)(h => host = h),
            }));
            var before = root.ToHtmlString();
            var first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (view.Boards.Sum(b => b.Shifts.Count) != Shifts || before.Length < Shifts * 500) throw new InvalidOperationException("This is not the board that was meant.");

            var run = view.Boards[round * 7 % view.Boards.Count].Run.Id;
            await ChangeAsync(at, run);
            start = Stopwatch.GetTimestamp();
            host!.Show(view.With([run], (await boards.LoadAsync(at.Coordinator, Span, [run])).Value!));
            var change = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            return root.ToHtmlString() == before ? throw new InvalidOperationException("The change does not show.") : (first, change);
        });
    }

    /// <summary>Takes somebody off, or keeps them: what a leader does, without what the rules would say to a made-up roster.</summary>
    private static async Task ChangeAsync(PeopleInstallation at, RunId id)
    {
        var run = (await at.Get<RosterBoard>().LoadAsync(at.Coordinator, id)).Value!;
        var seat = run.Shifts[0].Posts.SelectMany(p => p.Seats).First();
        var changed = await at.Get<RemoveFromRoster>().RunAsync(at.Coordinator, id, seat.Id, keep: seat.Leaves);
        if (changed.Refused) throw new InvalidOperationException($"The change was refused: {changed.Refusal}");
    }

    /// <summary>250 runs over the month, each with a lead, somebody who must bring something, and helpers; five people and two gaps on each.</summary>
    private static async Task PlanAsync(PeopleInstallation at)
    {
        await using var db = await at.Get<IDbContextFactory<HubDbContext>>().CreateDbContextAsync();
        var site = new Site("Site", null);
        db.Sites.Add(site);
        var teams = await db.Teams.ToListAsync();
        var people = await db.Volunteers.ToListAsync();
        var community = await db.Communities.SingleAsync();
        for (var i = 0; i < Shifts; i++)
        {
            var outline = new RunOutline(
                $"Run {i}", ServiceLine.Health, HelpTargets.Elderly, BeneficiaryGroups.None, null, [], site.Id, null, null,
                [new ShiftOutline(0, new TimeOnly(8 + i % 10, 0), 120,
                    [new PostPlan(null, "Lead", 1, 1, true), new PostPlan(null, "Interpreter", 1, 2, Language: "mn"), new PostPlan(null, "Guide", 2, 4), new PostPlan(null, "Desk", 3, 4)])]);
            var team = teams[i % teams.Count];
            var run = ServiceRun.Plan(outline.On(Span.From.AddDays(i % Span.Days), team.Id, site.Id, community.Zone), CheckInCode.NewTag()).Value!;
            var next = 0;
            foreach (var (name, heads) in new[] { ("Lead", 1), ("Guide", 2), ("Desk", 2) })
            {
                var post = run.Posts.First(p => p.Post.Name == name).Post;
                for (var head = 0; head < heads; head++)
                {
                    var who = new Candidate(people[(i * 5 + next++) % people.Count], new HashSet<TeamId> { team.Id }, [], [], 0);
                    run.Assign(post.Id, who, AssignmentOrigin.Leader, "-", default, run.StartsAt.AddDays(-7), community, CrewExperience.Unknown);
                }
            }

            run.Publish(run.Assignments.Select(a => a.Id).ToHashSet(), default, run.StartsAt.AddDays(-7));
            db.Runs.Add(run);
        }

        await db.SaveChangesAsync();
    }

    /// <summary>Holds the board as its page does.</summary>
    private sealed class BoardHost : ComponentBase
    {
        private int _version;

        [Parameter] public Actor Actor { get; set; } = null!;

        [Parameter] public RosterBoardsView View { get; set; } = null!;

        [Parameter] public Action<BoardHost>? There { get; set; }

        public void Show(RosterBoardsView view)
        {
            (View, _version) = (view, _version + 1);
            StateHasChanged();
        }

        protected override void OnInitialized() => There?.Invoke(this);

        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder)
        {
            builder.OpenComponent<RosterDesk>(0);
            builder.AddComponentParameter(1, nameof(RosterDesk.Actor), Actor);
            builder.AddComponentParameter(2, nameof(RosterDesk.Boards), View.Boards);
            builder.AddComponentParameter(3, nameof(RosterDesk.Version), _version);
            builder.AddComponentParameter(4, nameof(RosterDesk.ByWeek), true);
            builder.CloseComponent();
        }
    }

    private sealed class NoScript : IJSRuntime
    {
        public ValueTask<T> InvokeAsync<T>(string identifier, object?[]? args) => ValueTask.FromResult(default(T)!);

        public ValueTask<T> InvokeAsync<T>(string identifier, CancellationToken cancellationToken, object?[]? args) => ValueTask.FromResult(default(T)!);
    }

    private sealed class Nowhere : NavigationManager
    {
        public Nowhere() => Initialize("http://localhost/", "http://localhost/roster");
    }
}
