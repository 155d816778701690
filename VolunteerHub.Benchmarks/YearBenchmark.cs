using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Reports;

namespace VolunteerHub.Benchmarks;

/// <summary>P2: the year's answer sheet over 100,000 attendances (2,500 runs, forty people each): time in the database, and of the whole view.</summary>
internal static class YearBenchmark
{
    private const int People = 3_000;
    private const int Runs = 2_500;
    private const int PeopleInARun = 40;
    private const int Warm = 3;
    private const int Times = 20;

    public static async Task<Dictionary<string, double>> RunAsync()
    {
        var meter = new Meter();
        await using var town = await PeopleInstallation.CreateAsync(People, services => services.AddSingleton<TallyRuns>().ConfigureDbContext<HubDbContext>((_, options) => options.AddInterceptors(meter), ServiceLifetime.Singleton));
        await PlannerBenchmark.PlanAsync(town, Runs);
        await ServeAsync(town);
        await town.Get<TallyRuns>().WorkAsync(CancellationToken.None);
        var scope = new ReportScope(PlannerBenchmark.Day.AddDays(-182), PlannerBenchmark.Day.AddDays(183));
        List<double> whole = [], database = [];
        for (var i = 0; i < Warm + Times; i++)
        {
            meter.Taken = TimeSpan.Zero;
            var start = Stopwatch.GetTimestamp();
            var sheet = await town.Get<YearSheet>().LoadAsync(town.Coordinator, scope);
            if (sheet.Value?[SheetFigure.PersonTimes] is not > 0) throw new InvalidOperationException("The sheet counted nobody.");
            if (i < Warm) continue;
            whole.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            database.Add(meter.Taken.TotalMilliseconds);
        }

        var figures = new Dictionary<string, double> { ["P2"] = Quantile.Median(database), ["P2-whole"] = Quantile.Median(whole) };
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            year's sheet over {Runs * PeopleInARun:N0} attendances, this year and the one before
            P2  time in the database   {figures["P2"],8:0.0} ms   bar <= 20 ms
                the whole view         {figures["P2-whole"],8:0.0} ms
            """));
        return figures;
    }

    /// <summary>Forty people have final hours of every run.</summary>
    private static async Task ServeAsync(PeopleInstallation at)
    {
        await using var db = await at.Get<IDbContextFactory<HubDbContext>>().CreateDbContextAsync();
        var (runs, people) = (await db.Runs.Select(r => new { r.Id, r.EndsAt }).ToListAsync(), await db.Volunteers.Select(v => v.Id).ToListAsync());
        await using var transaction = await db.Database.BeginTransactionAsync();
        foreach (var (index, run) in runs.Index())
        {
            for (var n = 0; n < PeopleInARun; n++)
            {
                var who = people[(index * 7 + n * 11) % people.Count];
                await db.Database.ExecuteSqlAsync($"""
                    INSERT OR IGNORE INTO HourEntries (Id, RunId, VolunteerId, CreditedSeconds, Status, ProposedAt, BySilence, Insists, Spans, Version)
                    VALUES ({HourEntryId.New().Value}, {run.Id.Value}, {who.Value}, {7200}, {nameof(HourStatus.Final)}, {run.EndsAt.UtcDateTime}, 0, 0, '', 1)
                    """);
            }
        }

        await transaction.CommitAsync();
    }

    /// <summary>How long the database took: until it answered, and while its answer was read.</summary>
    private sealed class Meter : DbCommandInterceptor
    {
        public TimeSpan Taken { get; set; }

        public override ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
        {
            Taken += eventData.Duration;
            return ValueTask.FromResult(result);
        }

        public override InterceptionResult DataReaderDisposing(DbCommand command, DataReaderDisposingEventData eventData, InterceptionResult result)
        {
            Taken += eventData.Duration;
            return result;
        }
    }
}
