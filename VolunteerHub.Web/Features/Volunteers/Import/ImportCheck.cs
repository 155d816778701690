using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Documents;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Volunteers.Import;

/// <summary>Says what an import would do, row by row, and changes nothing.</summary>
public sealed class ImportCheck(Hub hub, PhoneProtector phones, FieldProtector fields)
{
    /// <param name="actor">Who imports.</param>
    /// <param name="plan">How the file is read.</param>
    /// <param name="rows">How many rows there are, for the progress.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<Outcome<ImportFindings>> LoadAsync(Actor actor, ImportPlan plan, int rows = 0, IProgress<ImportProgress>? progress = null, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!ImportRights.MayImport(read.Authority)) return read.Denied(this);
        if (Wrong(plan) is { } refusal) return refusal;
        var opened = TableFile.Open(plan.Path);
        if (opened.Refused) return opened.Refusal;
        var teams = await read.Db.Teams.OrderBy(t => t.Order).ToListAsync(ct);
        if (plan.DefaultTeam is { } team && !read.Authority.MayLead(team)) return read.Denied(this, team);
        var reader = new RowReader(plan, new ImportTeams(teams, read.Authority, plan.TeamNames), read.Community.Privacy, read.Today);
        var judge = new RowJudge(phones, fields, []);
        var filler = new RecordFiller(phones, fields, ConsentWay.Paper, actor.Id, read.Now, read.Today);
        var names = teams.ToDictionary(t => t.Id, t => t.Name);
        var sum = new Sum();
        try
        {
            foreach (var block in reader.People(opened.Value).Chunk(ImportPace.RowsLookedUp))
            {
                ct.ThrowIfCancellationRequested();
                var known = await KnownPeople.LoadAsync(read, block, phones, ct);
                foreach (var row in block) sum.Add(judge.Judge(row, known), filler, judged => Doubt(judged, names));
                read.Db.ChangeTracker.Clear();
                progress?.Report(new ImportProgress(sum.Rows, rows));
            }
        }
        catch (TableRefusedException refused)
        {
            return refused.Refusal;
        }

        return sum.Rows == 0 ? new ImportFindsNobody() : sum.Findings;
    }

    /// <summary>What is wrong with the meaning of the columns.</summary>
    private static Refusal? Wrong(ImportPlan plan)
    {
        if (!plan.Columns.Values.Contains(ImportField.Name)) return new ImportLacksNames();
        var twice = plan.Columns.GroupBy(c => c.Value).FirstOrDefault(g => g.Count() > 1)?.Select(c => c.Key).Order().ToList();
        return twice is null ? null : new ImportColumnTwice(Table.ColumnName(twice[0]), Table.ColumnName(twice[1]));
    }

    private PossibleDuplicate Doubt(JudgedRow judged, Dictionary<TeamId, string> names)
    {
        var (row, known) = (judged.Row, judged.Known!);
        return new(
            row.Row, row.Name, row.Phone is null ? null : PhoneProtector.Masked(row.Phone), judged.Why, known.Who.Id, known.Who.Name, known.Who.Number, phones.Masked(known.Who.Phone),
            string.Join(' ', known.Teams.Select(t => names.GetValueOrDefault(t, ""))), judged.Default);
    }

    private sealed class Sum
    {
        private readonly List<BadRow> _bad = [];
        private readonly List<PossibleDuplicate> _doubts = [];
        private int _new;
        private int _unchanged;
        private int _filled;
        private int _inMonth;

        public int Rows { get; private set; }

        public ImportFindings Findings => new(Rows, _new, _unchanged, _filled, _inMonth, _bad, _doubts);

        public void Add(JudgedRow judged, RecordFiller filler, Func<JudgedRow, PossibleDuplicate> doubt)
        {
            Rows++;
            if (judged.Verdict != RowVerdict.Bad && judged.Row.BornInMonth) _inMonth++;
            switch (judged.Verdict)
            {
                case RowVerdict.Bad: _bad.Add(new BadRow(judged.Row.Row, judged.Row.Name, judged.Faults)); break;
                case RowVerdict.New: _new++; break;
                case RowVerdict.AlsoInTeam when judged.Row.Teams.Count > 0: _filled++; break;
                case RowVerdict.Doubtful: _doubts.Add(doubt(judged)); break;
                // Filled in for looking only: nothing of it is saved.
                case RowVerdict.Known when filler.Fill(judged.Known!.Who, judged.Row).Count > 0 || judged.Row.Teams.Any(t => !judged.Known.Teams.Contains(t)): _filled++; break;
                default: _unchanged++; break;
            }
        }
    }
}
