using CsCheck;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Certificates;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Certificates;
using VolunteerHub.Web.Features.CheckIn.Review;
using VolunteerHub.Web.Features.Hours;
using VolunteerHub.Web.Features.Hours.Policy;
using VolunteerHub.Web.Features.Reports;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Reports;

/// <summary>Leaders, volunteers and time do anything with the hours of two runs; whatever counts them says the same.</summary>
public sealed class ReportTotalsTests
{
    private enum Deed
    {
        Confirm,
        Accept,
        Dispute,
        PutRight,
        Reject,
        TakeBack,
        Correct,
        Drop,
        Times,
        Rules,
        Days,
        Tally,
        Certificate,
        Withdraw,
    }

    [Fact]
    public Task Every_report_says_the_sum_of_final_entries_whatever_is_done_and_what_is_final_stays_as_it_is() =>
        Gen.Select(Gen.Enum<Deed>(), Gen.Int[0, 1], Gen.Int[0, 1], Gen.Int[0, 7], (deed, run, person, pick) => (deed, run, person, pick)).Array[25, 40]
            .SampleAsync(async deeds =>
            {
                await using var town = await Town.OfAsync();
                foreach (var (deed, run, person, pick) in deeds)
                {
                    await town.DoAsync(deed, town.Runs[run], town.People[person], pick);
                    await town.CheckAsync();
                }
            }, iter: 3, threads: 1);

    private sealed class Town : IAsyncDisposable
    {
        private readonly Dictionary<HourEntryId, (VolunteerId Who, long Seconds)> _final = [];

        public required TestHub Hub { get; init; }

        public required Actor[] Leaders { get; init; }

        public required Volunteer[] People { get; init; }

        public required ServiceRun[] Runs { get; init; }

        private Actor Coordinator => Leaders[^1];

        public static async Task<Town> OfAsync()
        {
            var hub = await TestHub.CreateAsync();
            var health = await hub.TeamAsync("health");
            var leaders = new[] { hub.ActorOf(await hub.VolunteerAsync("王芳", health, TeamRole.Leader)), hub.ActorOf(await hub.VolunteerAsync("赵强", health, TeamRole.Deputy)), await hub.CoordinatorAsync() };
            var people = new[] { await hub.VolunteerAsync("李娜", health), await hub.VolunteerAsync("何云", health) };
            var runs = new[]
            {
                await hub.RunAsync(new RunSketch(health, new PostSketch("引导", people)) { Title = "上午" }),
                await hub.RunAsync(new RunSketch(health, new PostSketch("引导", people)) { Title = "下午", From = "14:00", To = "16:00" }),
            };
            foreach (var run in runs)
            {
                hub.GoTo(run.StartsAt);
                foreach (var who in people) await hub.ArriveAsync(run, who);
                hub.GoTo(run.EndsAt.AddMinutes(10));
                foreach (var who in people) await hub.LeaveAsync(run, who);
            }

            return new() { Hub = hub, Leaders = leaders, People = people, Runs = runs };
        }

        public async Task DoAsync(Deed deed, ServiceRun run, Volunteer who, int pick)
        {
            Hub.GoTo(Hub.Now.AddHours(3));
            var (leader, self) = (Leaders[pick % Leaders.Length], Hub.ActorOf(who));
            var entries = await Hub.LookAsync(db => db.HourEntries.Where(h => h.RunId == run.Id && h.VolunteerId == who.Id).OrderBy(h => h.Id).Select(h => h.Id).ToListAsync());
            var entry = entries.Count == 0 ? default : entries[pick % entries.Count];
            switch (deed)
            {
                case Deed.Confirm: await Hub.Get<ConfirmHours>().RunAsync(leader, run.Id, [new(entry, AfterToo: pick % 2 == 0)]); break;
                case Deed.Accept: await Hub.Get<AcceptHours>().RunAsync(self, entry); break;
                case Deed.Dispute: await Hub.Get<DisputeHours>().RunAsync(self, entry, "不对"); break;
                case Deed.PutRight: await Hub.Get<PutHoursRight>().RunAsync(leader, entry, pick % 2 == 0, "核实过"); break;
                case Deed.Reject: await Hub.Get<RejectDispute>().RunAsync(leader, entry, "维持"); break;
                case Deed.TakeBack: await Hub.Get<TakeHoursBack>().RunAsync(leader, entry, "选错了"); break;
                case Deed.Correct: await Hub.Get<CorrectHours>().RunAsync(leader, entry, TimeSpan.FromMinutes(15 * pick), "记错"); break;
                case Deed.Drop: await Hub.Get<DropCorrection>().RunAsync(leader, entry); break;
                case Deed.Times: await TimesAsync(leader, run, who, pick); break;
                case Deed.Rules: await RulesAsync(pick); break;
                case Deed.Days:
                    Hub.GoTo(Hub.Now.AddDays(4));
                    await Hub.WorkAsync<MoveHoursOn>();
                    break;
                case Deed.Tally: await Hub.WorkAsync<TallyRuns>(); break;
                case Deed.Certificate: await CertificateAsync(who); break;
                case Deed.Withdraw:
                    foreach (var id in await Hub.LookAsync(db => db.Certificates.Where(c => c.Status == CertificateStatus.Issued).Select(c => c.Id).Take(1).ToListAsync())) await Hub.Get<WithdrawCertificate>().RunAsync(Coordinator, id, "重出");
                    break;
                default: throw new ArgumentOutOfRangeException(nameof(deed));
            }
        }

        public async Task CheckAsync()
        {
            var now = await Hub.LookAsync(db => db.HourEntries.AsNoTracking().Where(h => h.Status == HourStatus.Final).ToDictionaryAsync(h => h.Id, h => (h.VolunteerId, h.CreditedSeconds)));
            foreach (var (id, was) in _final) Assert.Equal(was, now[id]);
            foreach (var (id, entry) in now) _final[id] = entry;
            var seconds = _final.Values.Sum(f => f.Seconds);
            var year = ReportScope.OfYear(2026);
            Assert.Equal(seconds, Seconds((await Hub.Get<YearSheet>().LoadAsync(Coordinator, year)).Value![SheetFigure.Hours]));
            Assert.Equal(seconds, Seconds((await Hub.Get<SheetRecords>().LoadAsync(Coordinator, year, SheetFigure.Hours)).Value!.Sum));
            Assert.Equal(seconds, (long)(await Hub.Get<HourList>().LoadAsync(Coordinator, new HourFilter(HourTab.Final))).Value!.Sum.TotalSeconds);
            foreach (var who in People)
            {
                var own = (await Hub.Get<OwnHourList>().LoadAsync(Hub.ActorOf(who))).Value!;
                Assert.Equal(_final.Values.Where(f => f.Who == who.Id).Sum(f => f.Seconds), (long)own.Final.TotalSeconds);
            }
        }

        private static long Seconds(decimal? hours) => (long)Math.Round((hours ?? 0) * 3600);

        private async Task TimesAsync(Actor leader, ServiceRun run, Volunteer who, int pick)
        {
            if ((await Hub.AttendanceOfAsync(run, who))?.Intervals is not [var stay, ..]) return;
            await Hub.Get<PutTimesRight>().RunAsync(leader, run.Id, who.Id, stay.Id, run.StartsAt.AddMinutes(5 * pick), run.EndsAt, "核实", Guid.CreateVersion7());
        }

        private async Task RulesAsync(int pick)
        {
            var seen = (await Hub.Get<CreditSettings>().LoadAsync(Coordinator)).Value!.Form;
            await Hub.Get<ChangeCreditPolicy>().RunAsync(Coordinator, seen with { BeforeMinutes = 5 * (pick % 4), LeastSharePercent = 10 * pick }, seen);
        }

        private async Task CertificateAsync(Volunteer who)
        {
            var issued = await Hub.Get<IssueCertificate>().RunAsync(Coordinator, who.Id, null, new CertificateTerms(null, null, "王芳", "赵经办", "0477-8881234"));
            if (issued.Refused) return;
            var paper = (await Hub.Get<CertificateToPrint>().LoadAsync(Coordinator, issued.Value)).Value!;
            Assert.Equal(_final.Values.Where(f => f.Who == who.Id).Sum(f => f.Seconds), paper.Statement.Seconds);
        }

        public ValueTask DisposeAsync() => Hub.DisposeAsync();
    }
}
