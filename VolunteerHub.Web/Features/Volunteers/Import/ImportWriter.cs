using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Volunteers.Import;

/// <summary>Writes judged rows into the records, block by block, and counts what came of them.</summary>
internal sealed class ImportWriter(ImportId import, Actor actor, ImportFindings shown, ImportChoices choices, PhoneProtector phones, FieldProtector fields)
{
    private readonly HashSet<VolunteerId> _made = [];
    private readonly HashSet<int> _shownBad = [.. shown.Bad.Select(b => b.Row)];
    private readonly Dictionary<int, PossibleDuplicate> _shownDoubts = shown.Duplicates.ToDictionary(d => d.Row);
    private readonly List<BadRow> _rejected = [.. shown.Bad];
    private RowJudge? _judge;
    private int _filled;
    private int _unchanged;
    private int _skipped;

    public ImportReport Report(ImportState state) => new(import, state, _made.Count, _filled, _unchanged, _skipped, [.. _rejected.OrderBy(r => r.Row)]);

    /// <returns>Why the import cannot go on as it was shown, where all rows are wanted.</returns>
    public async Task<Refusal?> WriteAsync(HubTransaction work, IReadOnlyList<ParsedRow> rows, CancellationToken ct)
    {
        _judge ??= new RowJudge(phones, fields, _made);
        var known = await KnownPeople.LoadAsync(work, rows, phones, ct);
        var filler = new RecordFiller(phones, fields, choices.Consent, actor.Id, work.Now, work.Today);
        foreach (var row in rows)
        {
            var judged = _judge.Judge(row, known);
            if (_shownBad.Contains(row.Row)) continue;
            if (Overtaken(work, judged) is { } faults)
            {
                if (choices.Whole) return new ImportOvertaken(row.Row);
                _rejected.Add(new BadRow(row.Row, row.Name, faults));
                continue;
            }

            Write(work, filler, judged);
        }

        return null;
    }

    /// <summary>What speaks against a row now that did not when it was shown.</summary>
    private IReadOnlyList<CellFault>? Overtaken(HubTransaction work, JudgedRow judged)
    {
        if (judged.Verdict == RowVerdict.Bad) return judged.Faults;
        if (judged.Row.Teams.Any(t => !work.Authority.MayLead(t))) return [judged.Row.FaultIn(ImportField.Team, RowFault.TeamNotYours, judged.Row.Cells.GetValueOrDefault(ImportField.Team).Value)];
        // Somebody came on record meanwhile about whom nobody was asked.
        return judged.Verdict == RowVerdict.Doubtful && (!_shownDoubts.TryGetValue(judged.Row.Row, out var doubt) || doubt.Known != judged.Known!.Who.Id)
            ? [judged.Row.FaultIn(ImportField.Name, RowFault.NowOnRecord, judged.Known!.Who.Number)]
            : null;
    }

    private void Write(HubTransaction work, RecordFiller filler, JudgedRow judged)
    {
        switch (judged.Verdict)
        {
            case RowVerdict.New:
                judged.Seen!.Id = Create(work, filler, judged.Row, withPhone: true);
                break;
            case RowVerdict.Known:
                judged.Seen!.Id = Fill(work, filler, judged.Row, judged.Known!);
                break;
            case RowVerdict.AlsoInTeam when judged.Seen!.Id is { } id:
                var further = judged.Row.Teams.Where(t => !judged.Seen.Has.Contains(t)).ToList();
                if (further.Count > 0) Join(work, judged.Row, id, further, []);
                _ = further.Count > 0 ? _filled++ : _unchanged++;
                break;
            case RowVerdict.Doubtful when ChoiceFor(judged) == DuplicateChoice.New:
                judged.Seen!.Id = Create(work, filler, judged.Row, withPhone: judged.Why != DuplicateKind.SamePhone);
                break;
            case RowVerdict.Doubtful when ChoiceFor(judged) == DuplicateChoice.Same:
                judged.Seen!.Has = judged.Known!.Teams;
                judged.Seen.Id = Fill(work, filler, judged.Row, judged.Known);
                break;
            default:
                _skipped++;
                break;
        }
    }

    private DuplicateChoice ChoiceFor(JudgedRow judged) => choices.Duplicates.GetValueOrDefault(judged.Row.Row, judged.Default);

    private VolunteerId Create(HubTransaction work, RecordFiller filler, ParsedRow row, bool withPhone)
    {
        var who = filler.Create(work.Community.IssueNumber(work.Today.Year), row, withPhone);
        work.Db.Volunteers.Add(who);
        var memberships = row.Teams.Select(t => new Membership(who.Id, t, TeamRole.Member, who.JoinedOn)).ToList();
        work.Db.Memberships.AddRange(memberships);
        Note(work, row, who.Id, ImportEffect.Created, new ImportTrace([], [], Ids(memberships)));
        _made.Add(who.Id);
        return who.Id;
    }

    private VolunteerId Fill(HubTransaction work, RecordFiller filler, ParsedRow row, KnownPerson person)
    {
        var changes = filler.Fill(person.Who, row);
        var teams = row.Teams.Where(t => !person.Teams.Contains(t)).ToList();
        if (changes.Count == 0 && teams.Count == 0)
        {
            _unchanged++;
            return person.Who.Id;
        }

        // What is entered of a person needs their consent; who is only found needs none anew.
        var consents = filler.Agree(person.Who);
        if (changes.Count > 0) Note(work, row, person.Who.Id, ImportEffect.Updated, new ImportTrace(changes, consents, []));
        if (teams.Count > 0) Join(work, row, person.Who.Id, teams, changes.Count > 0 ? [] : consents);
        _filled++;
        return person.Who.Id;
    }

    private void Join(HubTransaction work, ParsedRow row, VolunteerId who, IReadOnlyList<TeamId> teams, IReadOnlyList<Guid> consents)
    {
        var memberships = teams.Select(t => new Membership(who, t, TeamRole.Member, work.Today)).ToList();
        work.Db.Memberships.AddRange(memberships);
        Note(work, row, who, ImportEffect.JoinedTeam, new ImportTrace([], consents, Ids(memberships)));
    }

    private void Note(HubTransaction work, ParsedRow row, VolunteerId who, ImportEffect effect, ImportTrace trace) =>
        work.Db.ImportedRows.Add(new ImportedRow(import, row.Row, who, effect, trace.ToJson()));

    private static IReadOnlyList<Guid> Ids(IEnumerable<Membership> memberships) => [.. memberships.Select(m => m.Id.Value)];
}
