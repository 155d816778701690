namespace VolunteerHub.Domain.Notices;

/// <summary>What kinds of notices have in common.</summary>
public static class NoticeKinds
{
    /// <summary>Whether it is for those who lead: they read it in their inbox, and nobody pastes it to them.</summary>
    public static bool IsForLeaders(this NoticeKind kind) => kind is NoticeKind.SaidNo or NoticeKind.CoverSought or NoticeKind.SeatTaken
        or NoticeKind.LadderExhausted or NoticeKind.Understaffed or NoticeKind.AllClear or NoticeKind.FullyStaffed
        or NoticeKind.HoursDisputed or NoticeKind.HoursDue or NoticeKind.CertificateAsked;

    /// <summary>Whether it is read in the inbox, or in a mail, and nobody pastes it: a leader would have one to paste for each person of a run.</summary>
    public static bool IsInboxOnly(this NoticeKind kind) => kind.IsForLeaders() || kind == NoticeKind.HoursConfirmed;

    /// <summary>Whether it tells of hours, after the run.</summary>
    public static bool IsOfHours(this NoticeKind kind) => kind is NoticeKind.HoursConfirmed or NoticeKind.HoursAnswered or NoticeKind.HoursDisputed or NoticeKind.HoursDue;

    /// <summary>Whether the person must say something.</summary>
    public static bool WantsAnswer(this NoticeKind kind) =>
        kind is NoticeKind.Invited or NoticeKind.Moved or NoticeKind.SeatOffered or NoticeKind.CoverAsked or NoticeKind.Reconfirm;

    /// <summary>Whether a personal link leads on: to the answer, or to where a yes is taken back.</summary>
    public static bool HasLink(this NoticeKind kind) =>
        kind.WantsAnswer() || kind is NoticeKind.PutOn or NoticeKind.Reminder or NoticeKind.Allotted;

    /// <summary>Whether it says something new only to who knows of the duty already.</summary>
    public static bool PresumesKnown(this NoticeKind kind) => kind is NoticeKind.Moved or NoticeKind.Invited or NoticeKind.Reconfirm or NoticeKind.Reminder;

    /// <summary>Whether it tells of a certificate, and of no run.</summary>
    public static bool IsOfCertificate(this NoticeKind kind) =>
        kind is NoticeKind.CertificateAsked or NoticeKind.CertificateIssued or NoticeKind.CertificateDeclined or NoticeKind.CertificateWithdrawn;

    /// <summary>Whether it tells how many people a run has.</summary>
    public static bool IsStaffing(this NoticeKind kind) => kind is NoticeKind.Understaffed or NoticeKind.AllClear or NoticeKind.FullyStaffed;
}

/// <summary>
/// The shortest true story of what happened to each seat: of several notices that go out together, one is told — the last, for it says
/// how things are now — and none of an asking that was over before anybody heard of it.
/// </summary>
public static class NoticeStory
{
    /// <param name="inOrder">Notices to one receiver that were not told yet, the earliest first.</param>
    /// <returns>Those that are told, in the same order.</returns>
    public static IReadOnlyList<Notice> Shortest(IEnumerable<Notice> inOrder)
    {
        var all = inOrder.ToList();
        var told = all.GroupBy(MatterOf).Select(g => Told([.. g])).OfType<Notice>().ToHashSet();
        return all.FindAll(told.Contains);
    }

    private static Notice? Told(IReadOnlyList<Notice> matter)
    {
        var last = matter[^1];
        if (last.Kind == NoticeKind.CoverThanks && matter.Any(n => n.Kind == NoticeKind.CoverAsked)) return null;
        if (!last.Kind.PresumesKnown()) return last;
        // Whoever has not heard of the duty, or of its new time, hears that and not what presumes that they have.
        return matter.FirstOrDefault(n => n.OnceKey is null && n.Kind is NoticeKind.Invited or NoticeKind.SeatOffered or NoticeKind.PutOn or NoticeKind.Allotted)
            ?? matter.LastOrDefault(n => n.Kind == NoticeKind.Moved) ?? last;
    }

    /// <summary>What a notice is about: a seat, an asking, the staffing of a run.</summary>
    private static (Guid Id, string Side) MatterOf(Notice notice) => notice.Kind switch
    {
        NoticeKind.RosterPublished or NoticeKind.NotAllotted or NoticeKind.WaitOver when notice.RunId is { } run => (run.Value, notice.Kind.ToString()),
        _ when notice.Kind.IsStaffing() && notice.RunId is { } run => (run.Value, "staffing"),
        NoticeKind.LadderExhausted => (notice.AssignmentId?.Value ?? notice.PostId?.Value ?? notice.Id.Value, "ladder"),
        _ when notice.AskId is { } ask => (ask.Value, "ask"),
        _ when notice.AssignmentId is { } seat => (seat.Value, notice.Kind.IsForLeaders() ? "led" : "held"),
        _ => (notice.Id.Value, ""),
    };
}
