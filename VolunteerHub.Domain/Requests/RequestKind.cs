using VolunteerHub.Domain.Runs;

namespace VolunteerHub.Domain.Requests;

/// <summary>What a request is about, as residents name it: one of 六送, one of 五助, 调解, or something else.</summary>
public enum RequestKind
{
    /// <summary>送政策</summary>
    Policy,

    /// <summary>送安全</summary>
    Safety,

    /// <summary>送健康</summary>
    Health,

    /// <summary>送法律</summary>
    Law,

    /// <summary>送关怀</summary>
    Care,

    /// <summary>送文化</summary>
    Culture,

    /// <summary>助老</summary>
    Elderly,

    /// <summary>助学</summary>
    Students,

    /// <summary>助残</summary>
    Disabled,

    /// <summary>助医</summary>
    Patients,

    /// <summary>助业</summary>
    Jobseekers,

    /// <summary>调解: carries no case content, only when it was opened and closed, and with what result.</summary>
    Mediation,

    /// <summary>其他</summary>
    Other,
}

/// <summary>By which way a request came.</summary>
public enum RequestSource
{
    /// <summary>公开表单</summary>
    PublicForm,

    /// <summary>急难愁盼</summary>
    UrgentNeed,

    /// <summary>我为群众办实事</summary>
    ForThePeople,

    /// <summary>网格</summary>
    Grid,

    /// <summary>电话</summary>
    Phone,

    /// <summary>上门</summary>
    Visit,
}

/// <summary>How a mediation ended; all that is kept of it beside its dates.</summary>
public enum MediationResult
{
    /// <summary>达成一致</summary>
    Settled,

    /// <summary>部分达成一致</summary>
    Partly,

    /// <summary>未达成一致</summary>
    NotSettled,

    /// <summary>转交其他部门</summary>
    Referred,
}

/// <summary>What a kind of request means for the run that answers it.</summary>
public static class RequestKinds
{
    /// <summary>The service line of a run for such a request; null where it has none.</summary>
    public static ServiceLine? Line(this RequestKind kind) => kind switch
    {
        RequestKind.Policy => ServiceLine.Policy,
        RequestKind.Safety => ServiceLine.Safety,
        RequestKind.Health => ServiceLine.Health,
        RequestKind.Law => ServiceLine.Law,
        RequestKind.Care => ServiceLine.Care,
        RequestKind.Culture => ServiceLine.Culture,
        _ => null,
    };

    /// <summary>Whom a run for such a request helps.</summary>
    public static HelpTargets Helps(this RequestKind kind) => kind switch
    {
        RequestKind.Elderly => HelpTargets.Elderly,
        RequestKind.Students => HelpTargets.Students,
        RequestKind.Disabled => HelpTargets.Disabled,
        RequestKind.Patients => HelpTargets.Patients,
        RequestKind.Jobseekers => HelpTargets.Jobseekers,
        _ => HelpTargets.None,
    };
}
