namespace VolunteerHub.Domain.Hours;

/// <summary>How somebody served, in the words of 服务评价.</summary>
public enum EvaluationGrade
{
    Excellent,
    Good,
    Fair,
    NeedsWork,
}

/// <summary>What an evaluation said since some moment. Kept for good, but for the words of who was erased.</summary>
/// <param name="At">When it was said.</param>
/// <param name="By">Who said it.</param>
/// <param name="Grade">The grade since.</param>
/// <param name="Remark">The words since.</param>
public sealed record EvaluationStep(DateTimeOffset At, VolunteerId By, EvaluationGrade Grade, string? Remark);

/// <summary>
/// 服务评价: how one person served at one run (民政部令第67号 §10). One for each person and run; what it said before stays in its steps.
/// Whether the person was there, and whether the run is over, whoever gives it has looked at.
/// </summary>
public sealed class Evaluation
{
    /// <summary>Letters of a remark at most.</summary>
    public const int MostLetters = 200;

    private readonly List<EvaluationStep> _steps = [];

    private Evaluation() { }

    private Evaluation(RunId run, VolunteerId volunteer) => (Id, RunId, VolunteerId) = (EvaluationId.New(), run, volunteer);

    public EvaluationId Id { get; private set; }

    public RunId RunId { get; private set; }

    public VolunteerId VolunteerId { get; private set; }

    public EvaluationGrade Grade { get; private set; }

    /// <summary>Some words beside the grade; the person reads them.</summary>
    public string? Remark { get; private set; }

    /// <summary>Who gave it last.</summary>
    public VolunteerId EvaluatedBy { get; private set; }

    /// <summary>When it was given first: what the days of §11 are counted to.</summary>
    public DateTimeOffset EvaluatedAt { get; private set; }

    public long Version { get; private set; }

    public IReadOnlyList<EvaluationStep> Steps => _steps;

    /// <summary>Evaluates somebody.</summary>
    /// <param name="run">At which run.</param>
    /// <param name="volunteer">Whom.</param>
    /// <param name="grade">The grade.</param>
    /// <param name="remark">Words beside it, at most <see cref="MostLetters"/>.</param>
    /// <param name="by">Who does; never the person.</param>
    /// <param name="now">When.</param>
    public static Outcome<Evaluation> Give(RunId run, VolunteerId volunteer, EvaluationGrade grade, string? remark, VolunteerId by, DateTimeOffset now)
    {
        var evaluation = new Evaluation(run, volunteer) { EvaluatedAt = now };
        var said = evaluation.Say(grade, remark, by, now);
        return said.Refused ? said.Refusal : evaluation;
    }

    /// <summary>Says something else; the same once more changes nothing.</summary>
    public Outcome Say(EvaluationGrade grade, string? remark, VolunteerId by, DateTimeOffset now)
    {
        if (by == VolunteerId) return new OwnEvaluation();
        var words = string.IsNullOrWhiteSpace(remark) ? null : remark.Trim();
        if (words?.Length > MostLetters) return new WordsTooLong(MostLetters);
        if (_steps.Count > 0 && (Grade, Remark) == (grade, words)) return Outcome.Done;
        (Grade, Remark, EvaluatedBy) = (grade, words, by);
        _steps.Add(new EvaluationStep(now, by, grade, words));
        return Outcome.Done;
    }

    /// <summary>Hands it to another record of the same person.</summary>
    public void MoveTo(VolunteerId survivor) => VolunteerId = survivor;

    /// <summary>Drops what was said of the person; the grade is part of the record and stays.</summary>
    public void ForgetWords()
    {
        Remark = null;
        for (var i = 0; i < _steps.Count; i++)
            if (_steps[i].Remark is not null) _steps[i] = _steps[i] with { Remark = null };
    }
}
